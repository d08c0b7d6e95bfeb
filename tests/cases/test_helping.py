"""Open, tick, note, dossier, refer, finish, undo: what holds, and what is refused by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings

from donghanh.cases.actions.ending import close_day, finish, refer, reopen, return_referral, undo
from donghanh.cases.actions.helping import NotPublished, add_dossier, add_note, open_case, tick_steps
from donghanh.cases.actions.persons import link_person
from donghanh.cases.models import Case
from donghanh.cases.queries import helped_on, late_referrals, open_cases
from donghanh.cases.rules import CaseFinished, NeverKept, NotForVolunteers, UnknownStep
from donghanh.catalog.actions.publish import publish
from donghanh.catalog.actions.read_pack import read_pack
from donghanh.catalog.models import Procedure
from donghanh.kernel import clock
from donghanh.kernel.errors import Invalid, NotFound
from donghanh.kernel.journal import House, first_break
from donghanh.kernel.models import JournalEntry
from donghanh.places.models import Counter, Point
from donghanh.queue.actions import service
from donghanh.queue.actions.calls import call_next
from donghanh.queue.rules.moves import MoveNotPossible
from donghanh.teams.models import Member
from tests import make


def begin() -> tuple[Point, Counter, Member, Procedure]:
    """A point where a number was just called."""
    point = make.point()
    return point, make.counter(point), make.member(point.ward), make.procedure()


def a_case(person: bool = False) -> tuple[Case, Member]:
    """A case on a ticket that is being served."""
    point, counter, member, procedure = begin()
    make.ticket(point)
    case = open_case(procedure, by=member, ticket=call_next(counter, by=member))
    return (
        link_person(case, make.person(point.ward, born_year=1950, sex="female"), by=member)
        if person
        else case
    ), member


def test_opening_a_case_says_that_the_person_is_here():
    case, member = a_case()
    assert (case.ticket.state, case.opened_by, case.person, case.edition_id) == (
        "serving", member, None, case.procedure.current_id,
    )  # fmt: skip


def test_nobody_is_helped_on_a_number_that_was_not_called_or_on_an_unpublished_procedure():
    point, _, member, procedure = begin()
    with pytest.raises(MoveNotPossible):
        open_case(procedure, by=member, ticket=make.ticket(point))
    with pytest.raises(Invalid):
        open_case(procedure, by=member)
    draft = Procedure(code="x", current=None)
    with pytest.raises(NotPublished):
        open_case(draft, by=member, point=point)
    assert not Case.objects.exists()


def test_steps_are_ticked_once_and_an_unknown_one_changes_nothing():
    case, member = a_case()
    assert tick_steps(case, {"papers": True, "fill": True}, by=member) == ["papers", "fill"]
    assert tick_steps(case, {"papers": True, "fill": False}, by=member) == ["papers"]
    with pytest.raises(UnknownStep):
        tick_steps(case, {"send": True, "dance": True}, by=member)
    assert list(case.ticks.values_list("step", "done_by")) == [("papers", member.pk)]


def test_a_case_stays_on_the_edition_it_was_opened_on():
    case, member = a_case()
    was = case.edition_id
    newer = publish(replace(read_pack(settings.PACKS / "1.000894"), checked_on="2026-10"), by=House()).edition
    assert Procedure.objects.get(pk=case.procedure_id).current_id == newer.pk != was
    tick_steps(Case.objects.get(pk=case.pk), {"papers": True}, by=member)
    assert Case.objects.get(pk=case.pk).edition_id == was
    assert (
        open_case(Procedure.objects.get(pk=case.procedure_id), by=member, point=case.point).edition_id
        == newer.pk
    )


@pytest.mark.parametrize(
    "secret",
    [
        "OTP: 123456",
        "mật khẩu: abc1",
        "mật khẩu là Lan1950",
        "mã xác thực 482913",
        "password = x1",
        "Mot de passe : a1",
        "Ma PIN: 482913",
        "Mật  khẩu:\n  Lan1950",
    ],
)
def test_a_password_or_code_is_never_kept(secret):
    case, member = a_case()
    organisation = make.organisation(case.ward)
    with pytest.raises(NeverKept):
        add_note(case, secret, by=member)
    with pytest.raises(NeverKept):
        refer(case, organisation, by=member, due_on=clock.today(), reason=secret)
    assert (case.notes.count(), case.referrals.count()) == (0, 0)
    assert add_note(case, "Bà quên mật khẩu, hẹn công an cấp lại", by=member).text


def test_a_dossier_is_one_row_with_a_warning_and_a_day():
    case, member = a_case()
    due = clock.today() + timedelta(days=3)
    first = add_dossier(case, portal="national", code=" G22.99.1-261124-0001 ", by=member, due_on=due)
    assert add_dossier(case, portal="national", code="G22.99.1-261124-0001", by=member) == first
    assert (first.warning, first.due_on, Case.objects.get(pk=case.pk).due_on) == ("", due, due)
    assert (
        add_dossier(case, portal="national", code="123456", by=member).warning == "looks_like_one_time_code"
    )
    with pytest.raises(Invalid):
        add_dossier(case, portal="national", code=" ", by=member)


def test_finishing_ends_the_stay_and_copies_what_figures_need():
    case, member = a_case(person=True)
    finish(case, by=member, outcome="submitted", autonomy="together", device="own_phone", account="citizens")
    case = Case.objects.select_related("ticket").get(pk=case.pk)
    assert (case.outcome, case.ticket.state, case.age_band, case.sex) == (
        "submitted",
        "done",
        "70-79",
        "female",
    )
    assert helped_on(case.point, clock.today()) == 1
    for again in (
        lambda: finish(case, by=member, outcome="done"),
        lambda: tick_steps(case, {"papers": True}, by=member),
    ):
        with pytest.raises(CaseFinished):
            again()


@pytest.mark.usefixtures("midday")
def test_only_service_counts_as_help():
    point, counter, member, procedure = begin()
    start = clock.now()
    make.ticket(point, when=start - timedelta(minutes=9))
    with clock.at(start):
        case = open_case(procedure, by=member, ticket=call_next(counter, by=member))
    with clock.at(start + timedelta(minutes=4)):
        service.hold(case.ticket, by=member)
    with clock.at(start + timedelta(minutes=14)):
        service.resume(case.ticket, by=member)
    with clock.at(start + timedelta(minutes=17)):
        assert finish(case, by=member, outcome="done").seconds == 7 * 60


def test_undo_of_a_finish_opens_the_last_case_again_and_another_procedure_keeps_the_stay():
    case, member = a_case()
    finish(case, by=member, outcome="done", stay_open=True)
    assert case.ticket.state == "serving"
    second = open_case(make.procedure("1.001193"), by=member, ticket=case.ticket)
    finish(second, by=member, outcome="informed_only")
    ticket = type(case.ticket).objects.select_related("point", "counter").get(pk=case.ticket_id)
    assert ticket.state == "done"
    assert undo(ticket, by=member).state == "serving"
    assert list(open_cases(case.point)) == [second]
    assert Case.objects.get(pk=case.pk).outcome == "done"
    assert reopen(Case.objects.get(pk=case.pk), by=member).outcome == ""
    assert first_break(case.ward_id) is None


@pytest.mark.parametrize(
    ("role", "ground", "consent", "may"),
    [
        ("volunteer", "Người khuyết tật nặng", True, False),
        ("coordinator", "Người khuyết tật nặng", True, False),
        ("officer", "", True, False),
        ("officer", "Người khuyết tật nặng", False, False),
        ("officer", "Người khuyết tật nặng", True, True),
    ],
)
def test_only_an_officer_acts_on_behalf_with_ground_and_consent(role, ground, consent, may):
    case, _ = a_case()
    actor = make.member(case.ward, role)

    def act() -> Case:
        return finish(
            case,
            by=actor,
            outcome="submitted",
            account="officers_on_behalf",
            account_ground=ground,
            account_consent=consent,
        )

    if may:
        assert act().account == "officers_on_behalf"
        return
    with pytest.raises(NotForVolunteers):
        act()
    assert Case.objects.get(pk=case.pk).outcome == ""


@pytest.mark.parametrize(
    "said",
    [
        {"outcome": "danced"},
        {"outcome": "done", "device": "abacus"},
        {"outcome": "papers_missing", "missing_papers": ["x"]},
    ],
)
def test_an_answer_that_is_not_on_the_list_is_refused(said):
    case, member = a_case()
    with pytest.raises(Invalid):
        finish(case, by=member, **said)
    assert Case.objects.get(pk=case.pk).outcome == ""


def test_a_referral_has_a_day_comes_back_once_and_is_late_after_it():
    case, member = a_case()
    police = make.organisation(case.ward)
    for wrong, refusal in ((make.organisation(make.ward()), NotFound), (police, Invalid)):
        with pytest.raises(refusal):
            refer(case, wrong, by=member, due_on=clock.today() - timedelta(days=1 if wrong == police else -1))
    sent = refer(case, police, by=member, due_on=clock.today() + timedelta(days=2), reason="Xác nhận cư trú")
    assert list(late_referrals(case.point)) == []
    with clock.at(clock.now() + timedelta(days=3)):
        assert list(late_referrals(case.point)) == [sent]
        return_referral(sent, by=member, result="Đã có giấy CT07")
        assert list(late_referrals(case.point)) == []
        with pytest.raises(CaseFinished):
            return_referral(sent, by=member)


def test_the_close_of_the_day_ends_tickets_and_cases_as_not_exact():
    case, _ = a_case()
    lead = make.member(case.ward, "coordinator")
    make.ticket(case.point)
    assert close_day(case.point, clock.today(), by=lead) == 2
    case = Case.objects.select_related("ticket").get(pk=case.pk)
    assert (case.outcome, case.accurate, case.ticket.state, case.ticket.accurate) == (
        "closed_by_system",
        False,
        "closed",
        False,
    )
    assert close_day(case.point, clock.today(), by=lead) == 0


def test_a_portal_that_was_typed_freely_stays_out_of_the_journal():
    case, member = a_case()
    for portal in ("national", "Nguyễn Văn An 0901234567"):
        add_dossier(case, portal=portal, code="G05.01-261124-0001", by=member)
    told = [one.facts["portal"] for one in JournalEntry.objects.filter(verb="case.dossier").order_by("seq")]
    assert told == ["national", "other"]
