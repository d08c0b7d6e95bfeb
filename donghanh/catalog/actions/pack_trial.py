"""The test cases of a pack, walked by the guide's own flow: what came out otherwise than expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from donghanh.catalog.actions.pack_case_schema import CaseIn
from donghanh.catalog.actions.pack_cases import answers_of
from donghanh.catalog.actions.read_pack import WrongPack, look_through
from donghanh.catalog.queries.evaluating import EVALUATOR
from donghanh.catalog.rules.canonical import edition_hash
from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.flow import screens_of
from donghanh.catalog.rules.plan import plan_from


@dataclass(frozen=True, slots=True)
class Trial:
    """One test case of a pack. `differences` is empty when it came out as expected."""

    file: str
    name: str
    differences: tuple[str, ...]


def tried(path: Path | str) -> list[Trial]:
    """Every test case of this pack. Raises WrongPack when the pack does not read."""
    looked = look_through(path)
    if looked.content is None or looked.draft is None or looked.problems:
        raise WrongPack(looked.name, looked.problems)
    content = looked.content
    plan = plan_from(content, number=1, edition_hash=edition_hash(content), language="vi")
    return [
        Trial(file, case.name, tuple(_differences(case, _walked(case, content, plan))))
        for file, case in looked.draft.cases.items()
    ]


def _walked(case: CaseIn, content: EditionContent, plan: Mapping[str, Any]) -> dict[str, Any]:
    answers = answers_of(case.answers, content.questions)
    return screens_of(plan, answers, case.today, case.view, EVALUATOR.evaluate, case.ticks)


def _differences(case: CaseIn, walk: Mapping[str, Any]) -> Iterator[str]:
    wanted = case.expect
    if wanted.next is not None and wanted.next != (walk["next"] or "end"):
        yield f"next: expected {wanted.next}, got {walk['next'] or 'end'}"
    screens = [screen["id"] for screen in walk["screens"]]
    if wanted.screens is not None and wanted.screens != screens:
        yield f"screens: expected {', '.join(wanted.screens)}, got {', '.join(screens)}"
    for key in ("shown", "hidden"):
        for name in getattr(wanted, key):
            if name not in walk[key]:
                now = next((k for k in ("shown", "hidden", "waiting") if name in walk[k]), "nowhere")
                yield f"{name}: expected {key}, got {now}"
    for key in ("papers", "fees", "eligibility"):
        for name, value in getattr(wanted, key).items():
            if walk[key].get(name) != value:
                yield f"{key}.{name}: expected {value}, got {walk[key].get(name)}"
    for name, codes in wanted.errors.items():
        found = [error.get("id") or error["code"] for error in walk["errors"].get(name, ())]
        if sorted(codes) != sorted(found):
            yield f"errors.{name}: expected {_listed(codes)}, got {_listed(found)}"


def _listed(codes: list[str]) -> str:
    return ", ".join(codes) or "none"
