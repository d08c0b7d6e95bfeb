"""What is wrong with the questions and roles of a pack, beyond the shape of each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from donghanh.catalog.actions.pack_draft import Draft
from donghanh.catalog.actions.pack_question_schema import QuestionIn
from donghanh.catalog.actions.pack_shape import Loc, suggestion
from donghanh.catalog.actions.pack_yaml import Problem
from donghanh.catalog.rules.patterns import pattern_problem
from donghanh.catalog.rules.profile import RESERVED_IDS

# Which keys make sense for which types of questions.
ONLY_FOR = {
    "choices": ("choice", "choices"),
    "fields": ("repeat",),
    "least": ("integer", "money", "repeat", "choices"),
    "most": ("integer", "money", "repeat", "choices"),
    "longest": ("text", "name", "address"),
    "earliest": ("date", "partial_date"),
    "latest": ("date", "partial_date"),
    "pattern": ("text",),
}
NEEDED_FOR = {"choice": "choices", "choices": "choices", "repeat": "fields"}
# What type an answer of the person dictionary has; every other key may be text or a choice.
KEY_TYPES = {
    "name": ("name",),
    "born_on": ("date", "partial_date"),
    "id_number": ("citizen_id",),
    "id_issued_on": ("date",),
    "phone": ("phone",),
    "residence_area": ("area",),
    "residence_line": ("address", "text"),
    "sex": ("choice",),
}
SECRET = re.compile(
    r"(?<![^\W_])(?:password|passcode|passwd|one[ _-]?time[ _-]?(?:code|password)|mật khẩu|mat[ _]khau"
    r"|mã (?:xác thực|xác nhận|otp|pin)|ma[ _]xac[ _](?:thuc|nhan)|mot[ _]de[ _]passe|code secret"
    r"|code à usage unique|(?-i:OTP|PIN|CVV))(?![^\W_])",
    re.IGNORECASE,
)
SECRET_ID = re.compile(r"(?:^|_)(?:otp|pin|cvv)(?:_|$)")


def secret_in(name: str) -> str | None:
    """The word by which an id or a field's name gives itself away."""
    found = SECRET.search(name) or SECRET_ID.search(name.lower())
    return found[0].strip("_") if found else None


def checked_questions(draft: Draft) -> Iterator[Problem]:
    """Every problem of questions and roles."""
    yield from _roles(draft)
    used: set[tuple[str | None, str]] = set()
    for at, question in draft.every_question():
        yield from _type(draft, at, question)
        yield from _bounds(draft, at, question)
        yield from _twice_inside(draft, at, question)
        yield from _person(draft, at, question, used)
        yield from _secret(draft, at, question)


def _roles(draft: Draft) -> Iterator[Problem]:
    roles = draft.pack.roles
    first = [i for i, role in enumerate(roles) if role.beneficiary]
    if roles and not first:
        what, advice = "no role is the beneficiary", "write beneficiary: true for whom the procedure serves"
        yield Problem(draft.spot("roles"), what, advice, "beneficiary")
    for i in first[1:]:
        spot = draft.spot("roles", i, "beneficiary")
        yield Problem(spot, "a second role is the beneficiary", "keep one", "beneficiary")
    for i, role in enumerate(roles):
        if not any(question.role == role.id for _, question in draft.every_question()):
            what = f"no question is about the role “{role.id}”"
            yield Problem(
                draft.spot("roles", i, "id"), what, "remove it, or name it in its questions", "unused"
            )


def _type(draft: Draft, at: Loc, question: QuestionIn) -> Iterator[Problem]:
    for key, types in ONLY_FOR.items():
        if getattr(question, key) not in (None, []) and question.type not in types:
            what = f"{key} has no meaning for type {question.type}"
            advice = f"remove it; it belongs to {', '.join(types)}"
            yield Problem(draft.spot(*at, key), what, advice, "question-type")
    if len(at) == 2 and question.id in RESERVED_IDS:
        what = f"“{question.id}” is a word of the conditions"
        yield Problem(draft.spot(*at, "id"), what, "give the question another id", "reserved-id")
    needed = NEEDED_FOR.get(question.type)
    if needed and not getattr(question, needed):
        what = f"a question of type {question.type} needs {needed}"
        yield Problem(draft.spot(*at, "type"), what, f"add “{needed}:”", "question-type")
    if question.type == "repeat" and question.most is None:
        what = "a repeat needs most"
        yield Problem(
            draft.spot(*at, "type"), what, "say how many rows there may be, like most: 10", "question-type"
        )
    if question.type == "repeat" and len(at) > 2:
        what = "a repeat stands inside a repeat"
        yield Problem(draft.spot(*at, "type"), what, "ask it as a question of its own", "nested-repeat")
    if question.pattern is not None and (problem := pattern_problem(question.pattern)):
        advice = "write classes out, like ^[0-9]{2}$"
        yield Problem(draft.spot(*at, "pattern"), f"pattern: {problem}", advice, "pattern")


def _bounds(draft: Draft, at: Loc, question: QuestionIn) -> Iterator[Problem]:
    least, most, earliest, latest = question.least, question.most, question.earliest, question.latest
    if least is not None and most is not None and least > most:
        what = f"least {least} is more than most {most}"
        yield Problem(
            draft.spot(*at, "least"), what, "no answer could be right; exchange them", "contradiction"
        )
    both = (earliest, latest)
    if earliest and latest and "today" not in both and earliest > latest:
        what = f"earliest {earliest} is after latest {latest}"
        yield Problem(
            draft.spot(*at, "earliest"), what, "no answer could be right; exchange them", "contradiction"
        )
    if question.type in ("repeat", "choices") and ((least or 0) < 0 or (most is not None and most < 1)):
        yield Problem(
            draft.spot(*at, "least"), "a number of rows is below 0 or 1", "count from 0 up", "contradiction"
        )


def _twice_inside(draft: Draft, at: Loc, question: QuestionIn) -> Iterator[Problem]:
    lists: dict[str, list[str]] = {
        "choices": list(question.choices),
        "checks": [check.id for check in question.checks],
        "fields": [field.id for field in question.fields],
        "allow": list(question.allow),
    }
    for key, ids in lists.items():
        for i, name in enumerate(ids):
            if name in ids[:i]:
                spot = draft.spot(*at, key, i, "id")
                yield Problem(spot, f"“{name}” stands twice in {key}", "keep one", "duplicate-id")


def _person(
    draft: Draft, at: Loc, question: QuestionIn, used: set[tuple[str | None, str]]
) -> Iterator[Problem]:
    known = [role.id for role in draft.pack.roles]
    if question.role is not None and question.role not in known:
        advice = suggestion(question.role, known, "add it under “roles:”")
        yield Problem(
            draft.spot(*at, "role"), f"there is no role “{question.role}”", advice, "missing-reference"
        )
    key = question.key
    if key is None:
        return
    spot = draft.spot(*at, "key")
    if question.role is None and len(at) == 2:
        yield Problem(spot, f"key “{key}” of nobody", "add “role:”, whose it is", "personal-key")
    if question.privacy == "none" or question.purpose == "statistics":
        what = f"“{key}” tells who somebody is, but privacy is {question.privacy}, purpose {question.purpose}"
        advice = "write privacy basic or sensitive, and for what it is needed"
        yield Problem(spot, what, advice, "personal-key")
    if key in KEY_TYPES and question.type not in KEY_TYPES[key]:
        what = f"key “{key}” does not go with type {question.type}"
        yield Problem(spot, what, f"use type {' or '.join(KEY_TYPES[key])}", "personal-key")
    if len(at) == 2 and (question.role, key) in used:
        what = f"“{key}” of “{question.role}” is asked twice"
        yield Problem(spot, what, "ask once; the answer is known from then on", "asked-twice")
    used.add((question.role, key))


def _secret(draft: Draft, at: Loc, question: QuestionIn) -> Iterator[Problem]:
    place = "questions." + ".".join(_names(draft, at))
    if secret_in(question.id):
        yield Problem(draft.spot(*at, "id"), f"“{question.id}” looks like a secret", *_never())
    for texts in draft.texts.values():
        for part in ("label", "example"):
            written = texts.get(f"{place}.{part}")
            if written and (found := SECRET.search(written.text)):
                yield Problem(written.spot, f"the question asks for “{found[0]}”", *_never())


def _names(draft: Draft, at: Loc) -> list[str]:
    question = draft.pack.questions[int(at[1])]
    return [question.id] if len(at) == 2 else [question.id, "fields", question.fields[int(at[3])].id]


def _never() -> tuple[str, str]:
    return "remove it; a password or a one-time code is the citizen's own and is never typed here", "secret"
