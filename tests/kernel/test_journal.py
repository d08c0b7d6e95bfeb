"""The journal refuses change, shows every tampering, and lets a person be forgotten."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError, connection, transaction

from donghanh.kernel import journal
from donghanh.kernel.errors import Refusal
from donghanh.kernel.journal import Break, House, action, first_break
from donghanh.kernel.models import JournalEntry, JournalHead, PersonalFact

WARD = "99001"
TABLE = "donghanh_journalentry"


@action
def happen(*verbs: str, ward: str = WARD) -> None:
    for verb in verbs:
        journal.write(verb, ward=ward, by=House(), facts={"counter": "3"})


@pytest.fixture
def chain() -> None:
    """Five entries in three transactions."""
    happen("ticket.issue")
    happen("ticket.call", "ticket.arrived")
    happen("case.open", "case.finish")


@pytest.fixture
def unguarded() -> None:
    """Someone with the rights of an owner has taken the triggers off."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {TABLE}_no_UPDATE")
            cursor.execute(f"DROP TRIGGER {TABLE}_no_DELETE")
        else:
            cursor.execute(f"DROP TRIGGER {TABLE}_no_change ON {TABLE}")


def tamper(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.usefixtures("chain")
def test_a_chain_is_gapless_and_each_link_holds_the_one_before():
    links = list(
        JournalEntry.objects.filter(ward=WARD).order_by("seq").values_list("seq", "verb", "previous", "hash")
    )
    assert [link[:2] for link in links] == [
        (1, "ticket.issue"), (2, "ticket.call"), (3, "ticket.arrived"), (4, "case.open"), (5, "case.finish"),
    ]  # fmt: skip
    assert [link[2] for link in links] == ["", *(link[3] for link in links[:-1])]
    assert all(re.fullmatch("[0-9a-f]{64}", link[3]) for link in links)
    assert JournalHead.objects.values_list("seq", "hash").get(ward=WARD) == (5, links[-1][3])
    assert first_break(WARD) is None


@pytest.mark.usefixtures("chain")
@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET verb = 'ticket.leave' WHERE ward = '{WARD}' AND seq = 2",
        f"DELETE FROM {TABLE} WHERE ward = '{WARD}' AND seq = 2",
        f"DELETE FROM {TABLE}",
        f"UPDATE {TABLE} SET hash = hash",
    ],
)
def test_the_database_refuses_raw_sql(statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        tamper(statement)
    assert first_break(WARD) is None


@pytest.mark.usefixtures("chain")
def test_the_database_refuses_what_the_orm_tries():
    entry = JournalEntry.objects.filter(ward=WARD).latest("seq")
    entry.verb = "ticket.leave"
    for attempt in (
        entry.save,
        entry.delete,
        lambda: JournalEntry.objects.filter(ward=WARD).update(verb="x"),
        lambda: JournalEntry.objects.filter(ward=WARD).delete(),
        lambda: JournalEntry.objects.bulk_update([entry], ["verb"]),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()
    assert JournalEntry.objects.filter(ward=WARD).count() == 5


@pytest.mark.usefixtures("chain")
def test_the_whole_table_cannot_be_emptied():
    # SQLite has no TRUNCATE: its DELETE without a condition is the same act and is refused row by row.
    emptying = f"TRUNCATE {TABLE}" if connection.vendor == "postgresql" else f"DELETE FROM {TABLE}"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        tamper(emptying)
    assert JournalEntry.objects.filter(ward=WARD).count() == 5


@pytest.mark.usefixtures("chain", "unguarded")
@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        (f"UPDATE {TABLE} SET verb = 'ticket.leave' WHERE ward = %s AND seq = 2",
         Break(WARD, 2, "its content was changed")),
        (f"UPDATE {TABLE} SET facts_json = '{{}}' WHERE ward = %s AND seq = 3",
         Break(WARD, 3, "its content was changed")),
        (f"UPDATE {TABLE} SET by_id = 'someone' WHERE ward = %s AND seq = 1",
         Break(WARD, 1, "its content was changed")),
        (f"UPDATE {TABLE} SET hash = previous WHERE ward = %s AND seq = 4",
         Break(WARD, 4, "its content was changed")),
        (f"DELETE FROM {TABLE} WHERE ward = %s AND seq = 1", Break(WARD, 1, "an entry is missing")),
        (f"DELETE FROM {TABLE} WHERE ward = %s AND seq = 3", Break(WARD, 3, "an entry is missing")),
        (f"DELETE FROM {TABLE} WHERE ward = %s AND seq = 5",
         Break(WARD, 6 - 1, "the chain ends before its head: entries are missing")),
        (f"DELETE FROM {TABLE} WHERE ward = %s", Break(WARD, 1, "the chain ends before its head: entries are missing")),
        ("UPDATE donghanh_journalhead SET seq = 4 WHERE ward = %s",
         Break(WARD, 6, "the chain ends before its head: entries are missing")),
        ("UPDATE donghanh_journalhead SET hash = 'x' WHERE ward = %s",
         Break(WARD, 6, "the chain ends before its head: entries are missing")),
        ("DELETE FROM donghanh_journalhead WHERE ward = %s", Break(WARD, 5, "the chain has no head")),
    ],
)  # fmt: skip
def test_a_tampered_chain_names_its_first_broken_link(statement, broken):
    tamper(statement, WARD)
    assert first_break(WARD) == broken


@pytest.mark.usefixtures("chain", "unguarded")
def test_two_links_that_changed_places_are_noticed():
    tamper(f"UPDATE {TABLE} SET seq = -2 WHERE ward = %s AND seq = 2", WARD)
    tamper(f"UPDATE {TABLE} SET seq = 2 WHERE ward = %s AND seq = 3", WARD)
    tamper(f"UPDATE {TABLE} SET seq = 3 WHERE ward = %s AND seq = -2", WARD)
    assert first_break(WARD) == Break(WARD, 2, "it does not follow the entry before it")


@pytest.mark.usefixtures("chain", "unguarded")
def test_an_entry_pushed_in_between_is_noticed():
    tamper(f"UPDATE {TABLE} SET seq = seq + 1000 WHERE ward = %s AND seq > 2", WARD)
    tamper(f"UPDATE {TABLE} SET seq = seq - 999 WHERE ward = %s AND seq > 1000", WARD)
    second = JournalEntry.objects.get(ward=WARD, seq=2)
    forged = JournalEntry(
        ward=WARD, seq=3, at=second.at, verb="case.open", by_kind="house", previous=second.hash
    )
    forged.hash = journal.link_hash(forged)
    forged.save()
    assert first_break(WARD) == Break(WARD, 4, "it does not follow the entry before it")


@pytest.mark.usefixtures("chain")
def test_an_entry_added_behind_the_head_is_noticed():
    last = JournalEntry.objects.get(ward=WARD, seq=5)
    forged = JournalEntry(ward=WARD, seq=6, at=last.at, verb="case.open", by_kind="house", previous=last.hash)
    forged.hash = journal.link_hash(forged)
    forged.save()
    assert first_break(WARD) == Break(WARD, 7, "the chain ends before its head: entries are missing")


@pytest.mark.usefixtures("chain", "unguarded")
def test_one_wards_break_is_not_anothers():
    happen("ticket.issue", ward="99002")
    tamper(f"UPDATE {TABLE} SET verb = 'x' WHERE ward = %s AND seq = 1", WARD)
    assert first_break("99002") is None
    assert journal.wards() == [WARD, "99002"]


def test_a_person_is_forgotten_and_the_chain_stays_whole():
    @action
    def rename() -> None:
        journal.write(
            "person.rename", ward=WARD, by=House(), personal={"was": "Lê Thị Út", "is": "Lê Thị Bảy"}
        )

    rename()
    entry = JournalEntry.objects.get(ward=WARD)
    assert "Út" not in entry.facts_json
    fact = PersonalFact.objects.get(ref=entry.personal_ref)
    assert fact.body == {"was": "Lê Thị Út", "is": "Lê Thị Bảy"}
    PersonalFact.objects.filter(ref=fact.ref).update(body=None)
    assert first_break(WARD) is None
    PersonalFact.objects.filter(ref=fact.ref).delete()
    assert first_break(WARD) is None


def test_a_failed_action_leaves_no_entry_and_no_personal_fact():
    class TooLate(Refusal):
        pass

    @action
    def fail() -> None:
        journal.write("ticket.call", ward=WARD, by=House(), personal={"name": "Lê Thị Út"})
        raise TooLate()

    happen("ticket.issue")
    with pytest.raises(TooLate):
        fail()
    happen("ticket.leave")
    assert list(JournalEntry.objects.filter(ward=WARD).order_by("seq").values_list("seq", "verb")) == [
        (1, "ticket.issue"), (2, "ticket.leave"),
    ]  # fmt: skip
    assert PersonalFact.objects.count() == 0
    assert first_break(WARD) is None


def test_an_action_inside_another_is_one_transaction_with_it():
    @action
    def outer(*, fails: bool) -> None:
        happen("case.finish")
        happen("ticket.finish")
        if fails:
            raise Refusal("no")

    with pytest.raises(Refusal):
        outer(fails=True)
    assert JournalEntry.objects.filter(ward=WARD).count() == 0
    outer(fails=False)
    assert list(JournalEntry.objects.filter(ward=WARD).order_by("seq").values_list("seq", "verb")) == [
        (1, "case.finish"), (2, "ticket.finish"),
    ]  # fmt: skip


def test_nothing_is_written_outside_an_action():
    with pytest.raises(RuntimeError, match="outside an action"):
        journal.write("ticket.issue", ward=WARD, by=House())


@pytest.mark.pure
def test_canonical_json_is_the_same_whatever_the_order_of_keys():
    assert journal.canonical({"b": "Út", "a": [1, None]}) == journal.canonical({"a": [1, None], "b": "Út"})
    assert journal.canonical({"b": "Út", "a": [1, None]}) == '{"a":[1,null],"b":"Út"}'
