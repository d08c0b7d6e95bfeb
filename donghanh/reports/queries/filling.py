"""What a declaration form is filled from: the answers of a case that are shown, and the names behind area codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from donghanh.cases.models import Case
from donghanh.cases.queries.answers import answers_of
from donghanh.catalog.queries import content_of
from donghanh.catalog.queries.evaluating import EVALUATOR
from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.flow import seen_of
from donghanh.catalog.rules.guidance import Condition
from donghanh.catalog.rules.plan import plan_from
from donghanh.kernel import clock
from donghanh.places.models import Area
from donghanh.places.queries.areas import areas_on
from donghanh.reports.rules.declaration import Answers, Filling


def area_names(codes: Iterable[str], day: date) -> dict[str, str]:
    """Commune and province by the commune's code, as they are called on a day."""
    wanted = {*codes} - {""}
    if not wanted:
        return {}
    communes = {one.code: one for one in areas_on(day).filter(code__in=wanted)}
    above = {one.parent_code for one in communes.values()}
    provinces = {one.code: one.name for one in areas_on(day).filter(code__in=above)}
    return {code: _full(one, provinces) for code, one in communes.items()}


def filling_of(case: Case) -> Filling:
    """The filling of a case as it stands now."""
    places = {"ward": case.ward.name, "province": case.ward.province_name}
    return filling_from(content_of(case.edition_id), answers_of(case).bare, clock.today(), places)


def filling_from(
    content: EditionContent,
    answers: Answers,
    today: date,
    places: Mapping[str, str],
    named: Callable[[Iterable[str], date], Mapping[str, str]] = area_names,
) -> Filling:
    """The filling of these answers on a day: hidden ones are left aside, so nothing out of sight is printed."""
    plan = plan_from(content, number=0, edition_hash="", language="vi")
    seen, bindings = seen_of(plan, answers, today.isoformat(), EVALUATOR.evaluate)

    def holds(condition: Condition) -> bool | None:
        verdict = EVALUATOR.evaluate(condition, bindings)
        return verdict if isinstance(verdict, bool) else None

    return Filling(content, seen, named(_codes(content, seen), today), holds, places)


def _full(commune: Area, provinces: Mapping[str, str]) -> str:
    province = provinces.get(commune.parent_code, "")
    return f"{commune.name}, {province}" if province else commune.name


def _codes(content: EditionContent, answers: Answers) -> set[str]:
    codes: set[str] = set()
    for question in content.questions:
        value = answers.get(question.id, {}).get("value")
        if question.type == "area" and isinstance(value, str):
            codes.add(value)
        elif question.type == "repeat" and isinstance(value, list):
            fields = [one.id for one in question.fields if one.type == "area"]
            codes |= {str(row[name].get("value") or "") for row in value for name in fields if name in row}
    return codes
