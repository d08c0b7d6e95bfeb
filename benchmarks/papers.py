"""How long a paper takes to be set: first, then with a kept compiler, beside typst alone on an empty page.

Each paper is set with other answers than the one before, so that nothing is merely remembered. Run:
python benchmarks/papers.py [papers a form]
"""

from __future__ import annotations

import os
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.settings")

import django
import typst

from benchmarks.figures import percentile, say

MANY = 30
AIM_MS = 100
TODAY = date(2026, 11, 24)
CODES = ("1.000894", "1.001193", "2.000635", "1.004873", "1.004222", "3.000228")
EMPTY = b'#set document(title: "x")\n#set text(lang: "vi")\nx'


def main(many: int = MANY) -> None:
    """One line a form."""
    django.setup()
    from donghanh.reports.rules.declaration import Filling

    raw = _raw(many)
    for code in CODES:
        form, filling = _filled(code)
        times = []
        busy = time.process_time()
        for number in range(many):
            answers = {name: _other(one, number) for name, one in filling.answers.items()}
            times.append(
                _timed(form, Filling(filling.content, answers, filling.areas, filling.holds, filling.places))
            )
        warm = times[1:]
        say(
            f"declaration {code}, warm p50", percentile(warm, 0.5), "ms", first_ms=round(times[0], 1),
            cpu_ms=round((time.process_time() - busy) * 1000 / many, 1),
            p95_ms=round(percentile(warm, 0.95), 1), empty_page_of_typst_ms=raw, aim_ms=AIM_MS,
        )  # fmt: skip


def _timed(form: Any, filling: Any) -> float:
    from donghanh.reports.documents.declaration import declaration_pdf

    start = time.perf_counter()
    declaration_pdf(form, filling, "1 (0000000)")
    return (time.perf_counter() - start) * 1000


def _filled(code: str) -> tuple[Any, Any]:
    from django.conf import settings

    from donghanh.catalog.actions.read_pack import read_pack
    from donghanh.reports.queries.filling import filling_from
    from donghanh.reports.rules.longest import longest_answers

    content = read_pack(settings.PACKS / code)
    places = {"ward": "Phường Ô Môn", "province": "Thành phố Cần Thơ"}
    named = {"00000": "Phường Ô Môn, Thành phố Cần Thơ"}
    filling = filling_from(content, longest_answers(content), TODAY, places, named=lambda *_: named)
    return next(form for form in content.forms if form.id == "declaration"), filling


def _other(answer: Any, number: int) -> Any:
    value = answer.get("value")
    return {**answer, "value": f"{value} {number}"} if isinstance(value, str) and " " in value else answer


def _raw(many: int) -> float:
    compiler = typst.Compiler(ignore_system_fonts=True)
    times = []
    for number in range(many):
        start = time.perf_counter()
        compiler.compile(
            input=EMPTY + str(number).encode(), format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=0
        )
        times.append((time.perf_counter() - start) * 1000)
    return round(percentile(times[1:], 0.5), 2)


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:2]))
