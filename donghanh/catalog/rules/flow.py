"""Where a walk through a procedure stands: a plan and the answers so far give the screens, the next one,
what is wrong, which papers and fees. The twin is static/js/guide/flow.js; both give the same JSON.

- The walk runs through the steps in order and the questions each asks. A step or question is *shown* when
  its condition is true, *hidden* when it is false or its step is, *waiting* when that is not known yet;
  what waits blocks nothing.
- Conditions read what is shown, given and valid by itself, and `st`, the states: a hidden question is
  "hidden", a waiting one is missing (so that reading it is unknown). Answers of hidden questions stay aside.
- Errors, question by question in order: what is wrong with the value (for rows at "children.0.name"),
  "required" where a shown question that needs an answer is absent or empty, and each check that is false.
  Soft checks are told and block nothing.
- A question is *settled* when it is given without a hard error, left open as it may be, or optional and
  empty. An optional one that is absent is not settled, but holds no step back.
- Steps: not_needed (its condition is false); cannot_start (not known yet, or review, portal, confirm,
  record and receipt while an earlier ask step is unfinished, the last four also while an earlier review is
  not ticked); an ask step is not_started while all it shows is absent and it is not ticked, completed
  when every required question is settled and nothing hard is wrong, else in_progress; any other step is
  completed once ticked. A ticked step other than a review stays completed whatever changes before it.
- Screens: in the view "citizen" one a question (STEP.QUESTION), in the view "member" one an ask step;
  every other step is one screen. `next` is the first not done, None at the end. `progress` counts screens.
- Papers: needed, not_needed, may_be_needed (unknown). Fees: due, not_due (also outside its dates), exempt,
  may_be_due (the fee or an exemption is unknown). Eligibility: met, failed, unknown; it is told and blocks nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Literal

from donghanh.catalog.rules.values import COUNT_CODES, OPEN, errors_in, wrong_answer

Json = Mapping[str, Any]
View = Literal["citizen", "member"]
# What a condition says over the bindings: True, False or "unknown".
Evaluate = Callable[[Json, Json], bool | str]

_AFTER_ASKING = {"review", "portal", "confirm", "record", "receipt"}
_AFTER_REVIEW = {"portal", "confirm", "record", "receipt"}
_PAPER = {True: "needed", False: "not_needed", "unknown": "may_be_needed"}
_MET = {True: "met", False: "failed", "unknown": "unknown"}


def screens_of(
    plan: Json,
    answers: Json,
    today: str,
    view: View,
    evaluate: Evaluate,
    ticks: Collection[str] = (),
) -> dict[str, Any]:
    """The whole state of the walk as plain JSON; see the top of this file."""
    walk = _Walk(plan, answers, today, evaluate, ticks)
    walk.run()
    screens = walk.screens(view)
    done = [screen for screen in screens if walk.is_done(screen)]
    left = [screen for screen in screens if not walk.is_done(screen)]
    return {
        "shown": walk.shown,
        "hidden": walk.hidden,
        "waiting": walk.waiting,
        "errors": walk.errors,
        "steps": [{"id": step["id"], "status": walk.status[step["id"]]} for step in plan["steps"]],
        "screens": screens,
        "next": left[0]["id"] if left else None,
        "papers": {one["id"]: _PAPER[walk.holds(one.get("when"))] for one in plan.get("papers", ())},
        "fees": {one["id"]: walk.fee(one) for one in plan.get("fees", ())},
        "eligibility": {one["id"]: _MET[walk.holds(one["must"])] for one in plan.get("eligibility", ())},
        "progress": {"done": len(done), "of": len(screens)},
    }


def seen_of(
    plan: Json, answers: Json, today: str, evaluate: Evaluate
) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """The answers that are shown, rows without what is hidden in them, and the bindings that conditions read at
    the end. What a paper is filled from; only the server prints, so there is no twin."""
    walk = _Walk(plan, answers, today, evaluate, ())
    walk.run()
    return walk.seen, walk.bindings


class _Walk:
    """One walk through the steps; what it finds on the way stands in its attributes."""

    def __init__(
        self, plan: Json, answers: Json, today: str, evaluate: Evaluate, ticks: Collection[str]
    ) -> None:
        self.plan, self.today, self.evaluate, self.ticks = plan, today, evaluate, ticks
        self.questions = {question["id"]: question for question in plan.get("questions", ())}
        self.answers = {name: _state_of(answers.get(name)) for name in self.questions}
        self.shown: list[str] = []
        self.hidden: list[str] = []
        self.waiting: list[str] = []
        self.errors: dict[str, list[dict[str, str]]] = {}
        self.status: dict[str, str] = {}
        self.settled: dict[str, bool] = {}
        self.seen: dict[str, dict[str, Any]] = {}
        self.shown_by: dict[str, list[str]] = {}
        self.st: dict[str, str] = {name: state for name, (state, _) in self.answers.items()}
        self.bindings: dict[str, Any] = {"today": today, "st": self.st}

    def run(self) -> None:
        """Go through the steps in order."""
        is_asked, is_reviewed = True, True
        for step in self.plan["steps"]:
            verdict = self.holds(step.get("when"))
            for name in step.get("ask", ()):
                self._question(step["id"], name, verdict)
            status = self._status(step, verdict, is_asked, is_reviewed)
            self.status[step["id"]] = status
            is_left = status not in ("completed", "not_needed")
            is_asked = is_asked and not (step["kind"] == "ask" and is_left and verdict is True)
            is_reviewed = is_reviewed and not (step["kind"] == "review" and is_left)
        met = {*self.shown, *self.hidden, *self.waiting}
        self.hidden += [name for name in self.questions if name not in met]

    def holds(self, condition: Json | None, bindings: Json | None = None) -> bool | str:
        """What the condition says; no condition is true."""
        if condition is None:
            return True
        return self.evaluate(condition, self.bindings if bindings is None else bindings)

    def screens(self, view: View) -> list[dict[str, Any]]:
        """The screens of every step that is needed for certain."""
        found: list[dict[str, Any]] = []
        for step in self.plan["steps"]:
            asked = self.shown_by.get(step["id"], [])
            if step["kind"] != "ask" and step["id"] in self.shown_by:
                found.append({"id": step["id"], "step": step["id"], "kind": step["kind"], "questions": []})
            elif view == "member" and asked:
                found.append({"id": step["id"], "step": step["id"], "kind": "question", "questions": asked})
            else:
                found += [self._screen(step["id"], name) for name in asked]
        return found

    def is_done(self, screen: Json) -> bool:
        """Whether nothing is left to do on this screen."""
        if screen["id"] == screen["step"]:
            return self.status[screen["step"]] == "completed"
        return all(self.settled[name] for name in screen["questions"])

    def fee(self, fee: Json) -> str:
        """Whether this fee is due on the day."""
        if (fee.get("valid_from") or "") > self.today or (fee.get("valid_to") or "9999") < self.today:
            return "not_due"
        verdict = self.holds(fee.get("when"))
        if verdict is False:
            return "not_due"
        freed = [
            self.holds(one["when"])
            for one in self.plan.get("fee_exemptions", ())
            if one.get("when") is not None and fee["id"] in one["fees"]
        ]
        if True in freed:
            return "exempt"
        return "due" if verdict is True and "unknown" not in freed else "may_be_due"

    def _screen(self, step: str, name: str) -> dict[str, Any]:
        kind = "repeat" if self.questions[name]["type"] == "repeat" else "question"
        return {"id": f"{step}.{name}", "step": step, "kind": kind, "questions": [name]}

    def _question(self, step: str, name: str, of_step: bool | str) -> None:
        question = self.questions[name]
        verdict = False if of_step is False else self.holds(question.get("when"))
        if verdict is False:
            self.hidden.append(name)
            self.st[name] = "hidden"
        elif verdict is not True or of_step is not True:
            self.waiting.append(name)
            del self.st[name]
        else:
            self.shown.append(name)
            self.shown_by.setdefault(step, []).append(name)
            self._answer(question, name)

    def _answer(self, question: Json, name: str) -> None:
        """Bind what is given, note what is wrong."""
        state, value = self.answers[name]
        self.seen[name] = {"state": state, "value": value} if state == "given" else {"state": state}
        found: list[dict[str, str]] = []
        inside: dict[str, list[dict[str, str]]] = {}
        if state == "given":
            wrong = errors_in(question, value, self.today)
            found = [{"code": code} for place, code in wrong if not place]
            if question["type"] == "repeat" and (not found or found[0]["code"] in COUNT_CODES):
                self.bindings[name], inside = self._rows(question, value, dict(wrong))
            elif not found:
                self.bindings[name] = value
            if not found:
                found = self._checks(question, self.bindings)
        elif code := _open_problem(question, state):
            found = [{"code": code}]
        for place, errors in [(name, found), *((f"{name}.{key}", one) for key, one in inside.items())]:
            if errors:
                self.errors[place] = errors
        is_hard = any(_is_hard(error) for errors in (found, *inside.values()) for error in errors)
        self.settled[name] = state != "absent" and not is_hard

    def _rows(
        self, question: Json, rows: list[Any], wrong: Mapping[str, str]
    ) -> tuple[list[dict[str, Any]], dict[str, list[dict[str, str]]]]:
        """The rows as conditions read them, and what is wrong inside, by place."""
        bound: list[dict[str, Any]] = []
        seen: list[dict[str, Any]] = []
        inside: dict[str, list[dict[str, str]]] = {}
        for number, row in enumerate(rows):
            values: dict[str, Any] = {}
            seen.append({})
            st = dict(self.st)
            for field in question["fields"]:
                scope = {**self.bindings, **values, "st": st}
                verdict = self.holds(field.get("when"), scope)
                state, value = _state_of(row.get(field["id"]))
                if verdict is not True:
                    st.update({field["id"]: "hidden"} if verdict is False else {})
                    continue
                st[field["id"]] = state
                if state != "absent":
                    seen[-1][field["id"]] = row[field["id"]]
                place = f"{number}.{field['id']}"
                code = wrong.get(place) if state == "given" else _open_problem(field, state)
                found = [{"code": code}] if code else []
                if state == "given" and not code:
                    values[field["id"]] = value
                    found = self._checks(field, {**scope, **values})
                if found:
                    inside[place] = found
            bound.append(values)
        self.seen[question["id"]]["value"] = seen
        return bound, inside

    def _checks(self, question: Json, bindings: Json) -> list[dict[str, str]]:
        return [
            {"code": "check", "id": check["id"], "level": check["level"]}
            for check in question.get("checks", ())
            if self.holds(check["must"], bindings) is False
        ]

    def _status(self, step: Json, verdict: bool | str, is_asked: bool, is_reviewed: bool) -> str:
        if verdict is False:
            return "not_needed"
        if verdict is not True:
            return "cannot_start"
        if step["kind"] == "ask":
            return self._ask_status(step["id"])
        self.shown_by[step["id"]] = []
        is_ticked = step["id"] in self.ticks
        if is_ticked and step["kind"] != "review":
            return "completed"
        is_early = step["kind"] in _AFTER_ASKING and not is_asked
        if is_early or (step["kind"] in _AFTER_REVIEW and not is_reviewed):
            return "cannot_start"
        return "completed" if is_ticked else "not_started"

    def _ask_status(self, step: str) -> str:
        shown = self.shown_by.get(step, [])
        states = [self.answers[name][0] for name in shown]
        if shown and set(states) == {"absent"} and step not in self.ticks:
            return "not_started"
        is_held = any(
            not self.settled[name] and (state != "absent" or self.questions[name]["required"])
            for name, state in zip(shown, states, strict=True)
        )
        return "in_progress" if is_held else "completed"


def _state_of(answer: object) -> tuple[str, Any]:
    """State and value; whatever is no answer is absent."""
    if not isinstance(answer, Mapping):
        return "absent", None
    state = answer.get("state")
    if state == "given":
        return "given", answer.get("value")
    return (state, None) if isinstance(state, str) and state in OPEN else ("absent", None)


def _open_problem(question: Json, state: str) -> str | None:
    """What is wrong with leaving it open in this way."""
    if state in ("absent", "empty"):
        return "required" if question["required"] else None
    return wrong_answer(question, {"state": state}, "")


def _is_hard(error: Mapping[str, str]) -> bool:
    return error.get("level") != "soft"
