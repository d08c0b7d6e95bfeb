"""What may be proposed in a case, gathered from where it is known. Nothing is written, nothing is answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from donghanh.cases.models import Case
from donghanh.cases.queries.answers import Answers, answers_of
from donghanh.cases.queries.checking import value_check
from donghanh.cases.rules.prefill import Known, Proposal, beneficiary_of, proposals
from donghanh.catalog.queries import content_of
from donghanh.catalog.rules.guidance import Question
from donghanh.kernel import clock
from donghanh.kernel.keys import ring
from donghanh.people.models import Person
from donghanh.people.queries import NUMBER
from donghanh.teams.models import Member
from donghanh.teams.rules import may

MOST_EARLIER = 5
# A volunteer may type the number that is read to them, and is never shown one that was kept.
GUARDED = frozenset({"id_number"})


def proposed(
    case: Case, *, by: Member, card: Mapping[str, Any] | None = None, card_role: str = ""
) -> list[Proposal]:
    """Proposals for the unanswered questions, in their order; each fits its question like typed input."""
    content = content_of(case.edition_id)
    answers = answers_of(case)
    absent = [one.id for one in content.questions if one.id not in answers.now]
    guarded = frozenset() if may(by.role, "see_id_number") else GUARDED
    beneficiary = beneficiary_of(content.roles)
    known = Known(
        card=card or {},
        card_role=card_role or beneficiary,
        record=_without(_record(case.person, guarded), guarded),
        earlier=_without(_earlier(case), guarded),
        here=_here(content.questions, answers),
    )
    check = value_check(clock.today())
    asked = {one.id: one for one in content.questions}
    found = proposals(content.questions, absent, beneficiary, known)
    return [one for one in found if check(asked[one.question], one.value) is None]


def _record(person: Person | None, guarded: frozenset[str]) -> dict[str, Any]:
    if person is None:
        return {}
    born = person.born_on.isoformat() if person.born_on else None
    year = str(person.born_year) if person.born_year else None
    number = ""
    if person.id_number and "id_number" not in guarded:
        number = ring().decrypt(person.id_number, column=NUMBER)
    return {
        "name": person.name,
        "born_on": born or year,
        "sex": person.sex if person.sex != "unknown" else None,
        "phone": person.phone,
        "id_number": number,
    }


def _earlier(case: Case) -> dict[str, Any]:
    """What the same person answered about the beneficiary in earlier cases, the newest first to speak."""
    if case.person_id is None:
        return {}
    facts: dict[str, Any] = {}
    others = Case.objects.filter(person=case.person_id, answers__isnull=False).exclude(pk=case.pk).distinct()
    for other in others.order_by("-opened_at")[:MOST_EARLIER]:
        content = content_of(other.edition_id)
        beneficiary = beneficiary_of(content.roles)
        answers = answers_of(other)
        for question in content.questions:
            answered = answers.now.get(question.id)
            of_beneficiary = (question.role or "") in ("", beneficiary)
            if question.key and of_beneficiary and answered and answered.state == "given":
                facts.setdefault(question.key, answered.value)
    return facts


def _here(questions: tuple[Question, ...], answers: Answers) -> dict[tuple[str, str], Any]:
    found: dict[tuple[str, str], Any] = {}
    for question in questions:
        answered = answers.now.get(question.id)
        if question.key and answered is not None and answered.state == "given":
            found.setdefault((question.role or "", question.key), answered.value)
    return found


def _without(facts: dict[str, Any], guarded: frozenset[str]) -> dict[str, Any]:
    return {key: fact for key, fact in facts.items() if key not in guarded}
