"""Editions and walks that grow at random from a seed: conditions, repeats, checks, papers, fees, ticks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

from donghanh.catalog.actions.compiling import WrongCondition, compile_condition
from donghanh.catalog.rules.content import (
    Account,
    EditionContent,
    Exemption,
    Fact,
    Fee,
    HelpMinutes,
    Paper,
    Step,
    TimeLimit,
)
from donghanh.catalog.rules.guidance import Check, Condition, Eligibility, Opening, Question, QuestionType
from donghanh.catalog.rules.plan import plan_from

SURE = Fact("law", "2026-07", "H")
BARE = EditionContent(
    id="1.000000",
    kind="procedure",
    code="1.000000",
    valid_from="2026-11-01",
    checked_on="2026-07",
    sector="civil_status",
    levels=("commune",),
    pictogram="paper",
    needs_skill=None,
    online=None,
    account=Account("citizen", SURE),
    papers=(),
    fees=(),
    exemptions=None,
    time_limit=TimeLimit("none", None, None, SURE),
    usual_minutes=HelpMinutes(10, 15, "own_estimate"),
    portals=(),
    results=(),
    steps=(),
    referrals=(),
    sources=(),
    texts={},
)
TYPES: tuple[QuestionType, ...] = (
    "yes_no", "yes_no", "choice", "choice", "integer", "money", "date", "partial_date", "choices", "text",
    "name", "phone", "citizen_id", "area", "address", "repeat", "repeat",
)  # fmt: skip
LATER = ("explain", "papers", "eid", "portal", "record", "confirm")
RIGHT: dict[str, tuple[Any, ...]] = {
    "yes_no": (True, False),
    "choice": ("a", "b", "c"),
    "choices": ([], ["a"], ["b", "c"], ["a", "b", "c"]),
    "integer": (0, 1, 3, 18, 100),
    "money": (0, 8000),
    "date": ("2026-11-24", "2000-02-29", "2010-01-01", "1950-12-31"),
    "partial_date": ("1945", "1950-03", "2010-01-01"),
    "text": ("Một", "x"),
    "name": ("Ngô Thị Mười", "H'Hen Niê"),
    "address": ("Số 1, ấp 2",),
    "phone": ("0912345678",),
    "citizen_id": ("001088001234", "012345678"),
    "area": ("31117",),
}
WRONG: tuple[Any, ...] = (
    None,
    "",
    "zz",
    "2026-02-30",
    "2099-01-01",
    -5,
    10**6,
    True,
    [],
    ["z"],
    {},
    "otp 123456",
    [3],
)
CHANGED, LEFT_OPEN, TURNED_WRONG = 0.25, 0.2, 0.12


class PlanGrower:
    """One edition by its seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def content(self) -> EditionContent:
        """Questions over several ask steps, with everything that hangs on them."""
        questions: list[Question] = []
        for number in range(self.random.randint(4, 9)):
            questions.append(self._question(f"q{number}", questions))
        grown: list[Question] = []
        steps: list[Step] = []
        while len(grown) < len(questions):
            batch = questions[len(grown) : len(grown) + self.random.randint(1, 4)]
            when = self._maybe(grown, 0.25)
            steps.append(self._step(f"ask{len(steps)}", "ask", when, tuple(one.id for one in batch)))
            grown += batch
            if self.random.random() < 0.5:
                kind = self.random.choice(LATER)
                steps.append(self._step(f"{kind}{len(steps)}", kind, self._maybe(grown, 0.4)))
        steps += [self._step(kind, kind, None) for kind in ("review", "portal", "receipt")]
        return replace(BARE, questions=tuple(questions), steps=tuple(steps), **self._hangs_on(grown))

    def condition(self, known: Sequence[Question]) -> Condition | None:
        """A condition over these, or none where they give nothing to ask."""
        for _ in range(4):
            text = self._truth([one for one in known if one.type != "address"], 2)
            try:
                return compile_condition(text, known) if text else None
            except WrongCondition:
                continue
        return None

    def _hangs_on(self, known: Sequence[Question]) -> dict[str, Any]:
        papers = [
            Paper(f"p{n}", "show", "original", 1, False, SURE, when=self._maybe(known, 0.7)) for n in range(3)
        ]
        dates = ((None, None), ("2027-01-01", None), (None, "2026-11-23"), ("2026-01-01", "2026-12-31"))
        fees = [
            Fee(
                f"f{n}",
                ("online",),
                "amount",
                8000,
                SURE,
                self._maybe(known, 0.5),
                *self.random.choice(dates),
            )
            for n in range(2)
        ]
        exemptions = [Exemption(f"e{n}", ("f0",), SURE, self._maybe(known, 0.6)) for n in range(2)]
        must = self.condition(known)
        return {
            "papers": tuple(papers),
            "fees": tuple(fees),
            "fee_exemptions": tuple(exemptions),
            "eligibility": (Eligibility("able", must),) if must else (),
        }

    def _maybe(self, known: Sequence[Question], share: float) -> Condition | None:
        return self.condition(known) if known and self.random.random() < share else None

    def _step(self, name: str, kind: Any, when: Condition | None, ask: tuple[str, ...] = ()) -> Step:
        return Step(name, "citizen", (), False, False, None, kind, when, ask)

    def _question(self, name: str, known: Sequence[Question], inside: bool = False) -> Question:
        kind = self.random.choice(TYPES[:-2] if inside else TYPES)
        openings: tuple[Opening, ...] = ("dont_know", "not_applicable")
        bare = Question(
            name,
            kind,
            self.random.random() < 0.6,
            "decide",
            "none",
            when=self._maybe(known, 0.4),
            allow=tuple(one for one in openings if self.random.random() < 0.3),
            choices=("a", "b", "c") if kind in ("choice", "choices") else (),
            least=self.random.choice((None, 1)) if kind in ("integer", "repeat") else None,
            most=self.random.choice((None, 3)) if kind in ("integer", "repeat") else None,
            latest="today" if kind == "date" else None,
            earliest="1940" if kind == "partial_date" else None,
            fields=self._fields(known) if kind == "repeat" else (),
        )
        if self.random.random() < 0.4 and (must := self.condition([*known, bare])):
            return replace(bare, checks=(Check("sound", must, self.random.choice(("hard", "soft"))),))
        return bare

    def _fields(self, known: Sequence[Question]) -> tuple[Question, ...]:
        fields: list[Question] = []
        for number in range(self.random.randint(1, 3)):
            fields.append(self._question(f"r{number}", [*known, *fields], inside=True))
        return tuple(fields)

    def _truth(self, known: Sequence[Question], depth: int) -> str:
        if not known:
            return ""
        if depth and self.random.random() < 0.5:
            sign = self.random.choice(("&&", "||"))
            return f"({self._truth(known, depth - 1)} {sign} {self._truth(known, depth - 1)})"
        one = self.random.choice(known)
        if self.random.random() < 0.2:
            return f"st.{one.id} == '{self.random.choice(('dont_know', 'given', 'hidden', 'empty'))}'"
        return self.random.choice(_ATOMS.get(one.type, ("{q} != ''",))).format(q=one.id)


_ATOMS = {
    "yes_no": ("{q}", "!{q}"),
    "choice": ("{q} == 'a'", "{q} in ['a', 'b']"),
    "choices": ("'a' in {q}", "size({q}) > 1"),
    "integer": ("{q} > 1", "{q} * 2 <= 36"),
    "money": ("{q} == 0", "{q} > 1000"),
    "date": ("age_on({q}, today) >= 18", "days_between({q}, today) > 60", "add_months({q}, 12) < today"),
    "partial_date": ("age_on(first_day({q}), today) > 75",),
    "repeat": ("size({q}) > 1", "{q}.exists(k, k.r0 == k.r0)", "{q}.all(k, k.r0 == k.r0)", "{q}.filter(k, true).size() > 0"),
    "name": ("{q}.startsWith('N')", "size({q}) > 9"),
    "text": ("{q}.matches('^[a-z]$')",),
}  # fmt: skip


def plan_grown(seed: int) -> dict[str, Any]:
    """The plan of an edition grown from this seed."""
    return plan_from(PlanGrower(seed).content(), number=1, edition_hash="0" * 64, language="vi")


def answer_to(question: dict[str, Any], random: Random) -> Any:
    """An answer as a person, or somebody hostile, may give it."""
    luck = random.random()
    if luck < LEFT_OPEN:
        return {"state": random.choice(("empty", "dont_know", "not_applicable", "strange"))}
    if luck < LEFT_OPEN + TURNED_WRONG:
        return random.choice(
            ({"state": "given", "value": random.choice(WRONG)}, {"state": "given"}, "strange", [])
        )
    if question["type"] == "repeat":
        rows = [
            {field["id"]: answer_to(field, random) for field in question["fields"] if random.random() < 0.85}
            for _ in range(random.randrange(5))
        ]
        return {"state": "given", "value": rows}
    values: Sequence[Any] = RIGHT[question["type"]]
    if question["type"] == "choice":
        values = [one["id"] for one in question["choices"]]
    return {"state": "given", "value": random.choice(values)}
