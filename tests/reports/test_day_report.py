"""The day's figures: complete, honest about what is unknown, and equal to what the journal says."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from donghanh.cases.actions import ending, helping
from donghanh.cases.models import Case
from donghanh.kernel import clock
from donghanh.queue.actions import calls, service
from donghanh.reports.queries.day import day_report, report_of
from donghanh.reports.queries.recomputed import differences
from donghanh.reports.rules.counting import FirstWait, Told, overtakings, promises, tally
from donghanh.reports.rules.report import Promise, as_json
from donghanh.reports.rules.spread import Spread, spread_of
from tests import make
from tests.reports.days import Day

HANOI = timezone(timedelta(hours=7))
EIGHT = datetime(2026, 11, 20, 8, 0, tzinfo=HANOI)


def minutes(n: float) -> datetime:
    return EIGHT + timedelta(minutes=n)


@pytest.mark.pure
def test_percentiles_are_durations_that_happened():
    assert spread_of([]) == Spread(0, None, None, None, None, None)
    assert spread_of([60.0]) == Spread(1, 60.0, 60.0, 60.0, 60.0, 60.0)
    assert spread_of(float(n) for n in range(1, 11)) == Spread(10, 5.5, 5.0, 8.0, 9.0, 10.0)


@pytest.mark.pure
def test_a_promise_is_broken_only_by_waiting_longer_and_at_once_is_no_range():
    told = [
        Told(5, 10, "prior", 300),
        Told(5, 10, "prior", 601),
        Told(5, 10, "learned", 900),
        Told(0, 0, "prior", 20),
    ]
    assert promises(told) == (
        Promise("all", 3, 2, 2, 1),
        Promise("learned", 1, 1, 1, 0),
        Promise("prior", 2, 1, 1, 1),
    )


@pytest.mark.pure
def test_an_overtaking_is_a_call_before_someone_who_came_earlier_and_still_waits():
    def wait(name, came, until, called=True):
        return FirstWait(name, minutes(came), minutes(until) if until is not None else None, called)

    assert overtakings([wait("a", 0, 10), wait("b", 1, 12)]) == 0
    assert overtakings([wait("a", 0, 10), wait("b", 1, 5)]) == 1
    assert overtakings([wait("a", 0, None), wait("b", 1, 5), wait("c", 2, 6)]) == 2
    assert overtakings([wait("a", 0, 10), wait("b", 1, 5, called=False)]) == 0


@pytest.mark.pure
def test_the_unknown_is_counted_as_unknown():
    assert tally(["a", "", None, "b", "b"]) == {"b": 2, "unknown": 2, "a": 1}


def test_one_stay_is_reported_to_the_second():
    day = Day(EIGHT)
    member, counter = day.members[0], make.counter(day.point)
    ticket = make.ticket(day.point, when=minutes(0), procedure=day.procedures[0], priority=1)
    with clock.at(minutes(7)):
        calls.call_next(counter, by=member)
    ticket.refresh_from_db()
    with clock.at(minutes(8)):
        case = helping.open_case(day.procedures[0], by=member, ticket=ticket, person=day.persons[1])
    ticket.refresh_from_db()
    with clock.at(minutes(10)):
        service.hold(ticket, by=member)
    with clock.at(minutes(13)):
        service.resume(ticket, by=member, counter=counter)
    with clock.at(minutes(20)):
        ending.finish(
            case, by=member, outcome="done", autonomy="together", device="own_phone", account="citizens"
        )
        report = day_report(day.point, EIGHT.date())

    def once(seconds):
        return Spread(1, seconds, seconds, seconds, seconds, seconds)

    assert report.phases == {
        "wait": once(420.0),
        "walk": once(60.0),
        "service": once(540.0),
        "hold": once(180.0),
    }
    stays, cases = report.stays, report.cases
    assert (stays.issued, stays.served, stays.open, stays.priority_calls) == (1, 1, 0, 1)
    assert cases.by_procedure == {"1.000894": 1}
    assert cases.by_sex == {"female": 1}
    assert cases.by_zone == {"unknown": 1}
    assert cases.by_hour == {"08": 1}
    assert cases.by_member == {str(member.pk): 1}
    assert cases.by_outcome == {"done": 1}
    assert cases.by_autonomy == {"together": 1}
    assert cases.persons == 1
    assert report.case_seconds == once(540.0)
    assert report.names["member"] == {str(member.pk): member.full_name}
    assert report.hours[0].wait == once(420.0)
    assert differences(day.point, EIGHT.date(), report) == {}


def test_an_empty_day_is_empty_and_says_so():
    place = make.point()
    report = day_report(place, EIGHT.date())
    assert report.is_empty
    assert report.phases["wait"] == Spread()
    assert report.hours == ()


@given(seed=st.integers(0, 10_000), steps=st.integers(20, 90), close=st.booleans())
@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_screen_equals_the_journal_on_random_days(db, seed, steps, close):
    day = Day(EIGHT)
    day.live(seed, steps, close=close)
    report = day_report(day.point, EIGHT.date())
    assert differences(day.point, EIGHT.date(), report) == {}
    totals = report.stays
    assert totals.served + totals.left + totals.closed + totals.open == totals.issued
    for counted in (
        report.cases.by_procedure,
        report.cases.by_sex,
        report.cases.by_age_band,
        report.cases.by_zone,
    ):
        assert sum(counted.values()) == report.cases.opened
    assert sum(one.arrivals for one in report.hours) == totals.issued


def test_a_changed_row_is_seen_against_the_journal():
    day = Day(EIGHT)
    day.live(7, 80)
    assert differences(day.point, EIGHT.date(), day_report(day.point, EIGHT.date())) == {}
    done = Case.objects.filter(point=day.point, finished_at__isnull=False).exclude(outcome="closed_by_system")
    assert done.update(outcome="portal_down")
    found = differences(day.point, EIGHT.date(), day_report(day.point, EIGHT.date()))
    assert set(found) == {"by_outcome"}


def test_a_range_of_days_is_the_sum_of_its_days():
    day = Day(EIGHT)
    day.live(3, 50)
    day.start = EIGHT + timedelta(days=1)
    day.live(4, 50)
    first, second = EIGHT.date(), day.start.date()
    both = report_of([day.point], first, second)
    alone = [day_report(day.point, one) for one in (first, second)]
    assert both.stays.issued == sum(one.stays.issued for one in alone)
    assert both.cases.opened == sum(one.cases.opened for one in alone)
    assert both.phases["wait"].n == sum(one.phases["wait"].n for one in alone)
    assert both.phases["wait"].max == max(one.phases["wait"].max or 0 for one in alone)


def test_the_report_is_plain_json_and_holds_no_name_of_a_person():
    day = Day(EIGHT)
    day.live(11, 60)
    text = json.dumps(as_json(day_report(day.point, EIGHT.date())), ensure_ascii=False)
    assert "Trần Văn Bảy" not in text
    assert json.loads(text)["percentile_method"] == "nearest rank"


def test_the_report_costs_the_same_queries_for_one_stay_and_for_many(django_assert_max_num_queries):
    day = Day(EIGHT)
    day.live(5, 90)
    with django_assert_max_num_queries(12):
        day_report(day.point, EIGHT.date())
