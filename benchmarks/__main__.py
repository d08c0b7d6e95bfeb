"""`python -m benchmarks`, or `python -m benchmarks stays calls boards queries`."""

from __future__ import annotations

import sys

from benchmarks import boards, calls, finding, guide, keystrokes, papers, queries, slow_phone, stays

ALL = {
    "queries": queries.main,
    "calls": calls.main,
    "boards": boards.main,
    "stays": stays.main,
    "finding": finding.main,
    "papers": papers.main,
    "guide": guide.main,
    "keystrokes": keystrokes.main,
    "slow_phone": slow_phone.main,
}


def main() -> None:
    """Those named, or all."""
    for name in sys.argv[1:] or list(ALL):
        ALL[name]()


if __name__ == "__main__":
    main()
