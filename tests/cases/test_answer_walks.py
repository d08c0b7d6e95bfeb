"""Any sequence of answers, clears, repeats and undos ends as a simple model says, and loses no event."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donghanh.cases.models import Answer
from donghanh.cases.queries.answers import answers_of
from donghanh.kernel.journal import first_break
from tests.cases.answering import a_case, bare, event, said, undo

MOVE = st.one_of(
    st.tuples(st.just("give"), st.sampled_from(["copies", "groom_name"]), st.integers(0, 20)),
    st.tuples(st.just("open"), st.just("was_married"), st.sampled_from(["dont_know", "empty", "given"])),
    st.tuples(st.just("clear"), st.sampled_from(["copies", "groom_name", "was_married"]), st.none()),
    st.tuples(st.just("again"), st.integers(0, 30), st.none()),
    st.tuples(st.just("undo"), st.integers(0, 30), st.none()),
)


def model_of(kept):
    """Question → the stack of what was said and not undone, from the events that were applied."""
    stacks = {}
    for one in kept:
        if one.undoes:
            next(stack for stack in stacks.values() if stack and stack[-1].id == one.undoes).pop()
        else:
            stacks.setdefault(one.question, []).append(one)
    tops = {question: stack[-1] for question, stack in stacks.items() if stack}
    return {
        question: {"state": top.state, "value": top.value} if top.state == "given" else {"state": top.state}
        for question, top in tops.items()
        if top.state != "absent"
    }


def made(move, kept):
    """The event of a move."""
    what, where, how = move
    if what == "give":
        return event(where, how if where == "copies" else f"Người {'a' * (how + 1)}")
    if what == "open":
        return event(where, True if how == "given" else None, state=how)
    if what == "clear":
        return event(where, state="absent")
    return kept[where % len(kept)] if what == "again" else undo(kept[where % len(kept)].id)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(MOVE, max_size=14))
def test_what_holds_is_what_the_model_says_and_every_applied_event_is_kept(moves):
    case, member = a_case()
    kept = []
    for move in moves:
        if move[0] in ("again", "undo") and not kept:
            continue
        sent = made(move, kept)
        outcome = said(case, member, sent)
        if move[0] == "again":
            assert outcome == ["duplicate"]
        elif outcome == ["applied"]:
            kept.append(sent)
        else:
            assert (move[0], outcome) == ("undo", ["nothing-to-undo"])
        assert bare(case) == model_of(kept)
    assert list(Answer.objects.filter(case=case).order_by("seq").values_list("pk", flat=True)) == [
        one.id for one in kept
    ]
    assert (answers_of(case).seq, first_break(case.ward_id)) == (len(kept), None)
