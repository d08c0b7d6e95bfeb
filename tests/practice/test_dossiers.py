"""Practice dossiers in the database: begun, submitted, moved, seen by code, gone after a day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from donghanh.kernel import clock
from donghanh.kernel.errors import NotFound
from donghanh.kernel.models import Errand
from donghanh.kernel.outbox import deliver_due
from donghanh.management.couriers import COURIERS, post_nightly
from donghanh.practice import actions
from donghanh.practice.models import Attempt, PracticeDossier, PracticeMove
from donghanh.practice.queries import Service, attempts_of, own_dossier, own_dossiers, status_of
from donghanh.practice.rules.stories import NotNow
from tests.practice.marriage import ENTERED, published


@pytest.fixture
def marriage() -> Service:
    return published()


def drafted(marriage: Service, owner: str = "me") -> PracticeDossier:
    draft = actions.begin(marriage, account="khang", owner=owner, fields=ENTERED)
    actions.attach(draft, file=actions.PRETEND_FILES[0])
    return draft


def submitted(marriage: Service, story: str = "ordinary") -> PracticeDossier:
    return actions.submit(drafted(marriage), marriage, wished=story)


def test_a_submitted_dossier_has_a_code_an_appointment_and_a_status(marriage):
    dossier = submitted(marriage)
    standing = status_of(dossier.code or "")
    assert standing is not None
    assert (standing.code, standing.status, standing.due_on) == (dossier.code, "registered", dossier.due_on)
    assert [one.pk for one in own_dossiers("me")] == [dossier.pk]


def test_a_dossier_is_submitted_once(marriage):
    dossier = submitted(marriage)
    for again in (
        lambda: actions.submit(dossier, marriage),
        lambda: actions.attach(dossier, file=actions.PRETEND_FILES[0]),
        lambda: actions.settle_fee(dossier, now=True),
    ):
        with pytest.raises(actions.AlreadySubmitted):
            again()
    assert PracticeMove.objects.count() == 1


def test_a_dossier_without_a_pretended_paper_is_not_sent(marriage):
    draft = actions.begin(marriage, account="khang", owner="me", fields=ENTERED)
    with pytest.raises(actions.PaperMissing):
        actions.submit(draft, marriage)
    with pytest.raises(actions.PaperMissing):
        actions.attach(draft, file="anh-cccd-that.jpg")


def test_a_new_draft_takes_the_place_of_the_one_before(marriage):
    drafted(marriage)
    second = drafted(marriage)
    other = drafted(marriage, owner="somebody else")
    assert set(PracticeDossier.objects.values_list("pk", flat=True)) == {second.pk, other.pk}


def test_time_passes_one_status_at_a_press_and_stops_at_the_end(marriage):
    dossier = submitted(marriage)
    assert [actions.let_time_pass(dossier) for _ in range(4)] == [
        "received", "processing", "processed", "delivered",
    ]  # fmt: skip
    with pytest.raises(NotNow):
        actions.let_time_pass(dossier)


def test_a_supplement_is_asked_for_and_handed_in(marriage):
    dossier = submitted(marriage, "supplement")
    assert [actions.let_time_pass(dossier) for _ in range(3)][-1] == "supplement_requested"
    with pytest.raises(NotNow):
        actions.let_time_pass(dossier)
    assert actions.act(dossier, "supplement") == "processing"


def test_what_the_schedule_brought_is_seen_at_once_and_written_down_later(marriage):
    dossier = submitted(marriage)
    later = clock.now() + timedelta(minutes=55)
    with clock.at(later):
        standing = status_of(dossier.code or "")
        assert standing is not None
        assert standing.status == "processing"
        assert PracticeMove.objects.count() == 1
        assert (actions.advance_due(later), actions.advance_due(later)) == (1, 0)
        assert PracticeMove.objects.count() == 3
        assert status_of(dossier.code or "") == standing


def test_nothing_typed_is_kept_longer_than_a_day(marriage):
    dossier = submitted(marriage)
    with clock.at(clock.now() + timedelta(hours=24)):
        assert status_of(dossier.code or "") is None
        assert own_dossiers("me") == []
        with pytest.raises(NotFound):
            own_dossier(dossier.pk, "me")
        assert actions.forget_old(clock.now()) == 1
    assert PracticeDossier.objects.count() == 0
    assert PracticeMove.objects.count() == 0


def test_a_dossier_is_seen_by_its_own_browser_only(marriage):
    dossier = submitted(marriage)
    for other in ("", "somebody else"):
        with pytest.raises(NotFound):
            own_dossier(dossier.pk, other)
        assert own_dossiers(other) == []


def test_a_lesson_keeps_seconds_mistakes_and_whether_it_was_passed(marriage):
    attempt = actions.begin_lesson(marriage, member_id="m1")
    actions.note_mistakes(attempt, 2)
    with clock.at(clock.now() + timedelta(seconds=90)):
        ended = actions.end_lesson(attempt, marriage, submitted(marriage))
    assert (ended.seconds, ended.mistakes, ended.wrong_fields, ended.passed) == (90, 2, [], True)
    assert attempts_of("m1") == [ended]
    assert attempts_of("m2") == []


def test_a_lesson_with_a_wrong_field_is_not_passed(marriage):
    attempt = actions.begin_lesson(marriage, member_id="m1")
    draft = actions.begin(marriage, account="khang", owner="me", fields={**ENTERED, "sinh_b": "1998-02-09"})
    ended = actions.end_lesson(attempt, marriage, draft)
    assert (ended.mistakes, ended.wrong_fields, ended.passed) == (1, ["sinh_b"], False)


def test_beginning_a_lesson_anew_forgets_the_attempt_left_open(marriage):
    actions.begin_lesson(marriage, member_id="m1")
    second = actions.begin_lesson(marriage, member_id="m1")
    assert list(Attempt.objects.values_list("pk", flat=True)) == [second.pk]


def test_the_worker_deletes_what_is_a_day_old_within_the_hour(marriage):
    submitted(marriage)
    with clock.at(clock.now() + timedelta(hours=24)):
        post_nightly()
        post_nightly()
        deliver_due(COURIERS)
        assert [one.status for one in Errand.objects.filter(kind="forget_practice")] == ["done"]
    assert PracticeDossier.objects.count() == 0
    post_nightly()
    assert Errand.objects.filter(kind="forget_practice").count() == 1


def test_who_trained_is_forgotten_after_two_years(marriage):
    actions.begin_lesson(marriage, member_id="m1")
    actions.forget_old(clock.now() + timedelta(days=729))
    assert Attempt.objects.count() == 1
    actions.forget_old(clock.now() + timedelta(days=731))
    assert Attempt.objects.count() == 0
