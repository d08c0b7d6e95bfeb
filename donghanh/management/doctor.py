"""What `donghanh doctor` looks at: each check gives a finding, whole or broken, and what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, F, Max

from donghanh.cases.actions.following import TELLING
from donghanh.catalog.models import Edition
from donghanh.catalog.rules.canonical import canonical_json, edition_hash, from_json
from donghanh.kernel import clock, journal
from donghanh.kernel.crypto import load_keyring
from donghanh.kernel.errors import Refusal
from donghanh.kernel.keys import closed_rows
from donghanh.kernel.models import Errand, JournalHead
from donghanh.people.actions.records import NUMBER
from donghanh.people.models import Person
from donghanh.places.models import Point
from donghanh.queue.models import OPEN_STATES, NumberRow, Period, Ticket
from donghanh.reports.queries.day import day_report
from donghanh.reports.queries.recomputed import differences
from donghanh.teams.actions.second_factors import COLUMN, closed_secrets

LEAST_FREE_BYTES = 500 * 1024 * 1024
TRIGGERS = {
    "sqlite": {
        "donghanh_journalentry_no_UPDATE", "donghanh_journalentry_no_DELETE", "donghanh_edition_no_UPDATE",
        "donghanh_edition_no_DELETE", "donghanh_period_chain", "donghanh_ticket_moves",
    },
    "postgresql": {
        "donghanh_journalentry_no_change", "donghanh_journalentry_no_truncate", "donghanh_edition_no_change",
        "donghanh_edition_no_truncate", "donghanh_period_chain", "donghanh_ticket_moves",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `broken` empty: it is whole."""

    what: str
    seen: str
    broken: str = ""


def findings() -> Iterator[Finding]:
    """All checks, in the order in which one would mend things."""
    checks: list[Callable[[], Iterator[Finding]]] = [
        _migrations, _triggers, _file, _chains, _editions, _numbers, _periods, _figures, _keys, _errands, _messages, _disk,
    ]  # fmt: skip
    for check in checks:
        yield from check()


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    problem = f"{len(missing)} migrations are not applied: run `donghanh migrate`" if missing else ""
    yield Finding("database", connection.vendor, problem)


def _triggers() -> Iterator[Finding]:
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        missing = TRIGGERS[connection.vendor] - {row[0] for row in cursor.fetchall()}
    problem = (
        f"missing or off: {', '.join(sorted(missing))}; the database no longer refuses changes"
        if missing
        else ""
    )
    yield Finding("triggers", f"{len(TRIGGERS[connection.vendor])} expected", problem)


def _file() -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        said = cursor.fetchone()[0]
        cursor.execute("PRAGMA foreign_key_check")
        orphans = cursor.fetchall()
    yield Finding("database file", said, "" if said == "ok" else "restore the last backup")
    if orphans:
        yield Finding(
            "foreign keys",
            f"{len(orphans)} rows",
            f"table {orphans[0][0]}, row {orphans[0][1]} points nowhere",
        )


def _chains() -> Iterator[Finding]:
    for ward in journal.wards():
        broken = journal.first_break(ward)
        head = JournalHead.objects.filter(ward=ward).first()
        seen = f"{head.seq if head else 0} entries, head {head.hash[:12] if head else '-'}"
        yield Finding(f"journal of {ward}", seen, f"entry {broken.seq}: {broken.problem}" if broken else "")


def _editions() -> Iterator[Finding]:
    count = 0
    for edition in Edition.objects.select_related("procedure").iterator():
        count += 1
        try:
            content = from_json(edition.content)
        except Refusal as refusal:
            yield Finding(f"edition {edition}", "does not read", str(refusal))
            continue
        if edition_hash(content) != edition.hash or canonical_json(content) != edition.content_json:
            yield Finding(f"edition {edition}", edition.hash[:12], "its content does not match its hash")
    yield Finding("editions", f"{count} read")


def _numbers() -> Iterator[Finding]:
    counted = Ticket.objects.values_list("point", "day", "letter").annotate(
        n=Count("pk"), last=Max("ordinal")
    )
    there = {row[:3]: row[3:] for row in counted}
    given = {
        (row["point"], row["day"], row["series__letter"]): row["last"]
        for row in NumberRow.objects.values("point", "day", "series__letter", "last")
    }
    wrong = [key for key in there.keys() | given.keys() if there.get(key) != (given.get(key), given.get(key))]
    problem = ""
    if wrong:
        point, day, letter = min(wrong, key=str)
        count, _ = there.get((point, day, letter), (0, 0))
        problem = (
            f"series {letter} of {day}: {count} tickets, last number {given.get((point, day, letter), 0)}"
        )
    yield Finding("numbers", f"{len(given)} series and days", problem)


def _periods() -> Iterator[Finding]:
    backwards = Period.objects.filter(ends_at__lt=F("starts_at")).count()
    open_of_ended = Period.objects.filter(ends_at__isnull=True).exclude(ticket__state__in=OPEN_STATES).count()
    without = Ticket.objects.filter(state__in=OPEN_STATES).exclude(periods__ends_at__isnull=True).count()
    holes = _holes()
    problems = [
        f"{count} {words}"
        for count, words in (
            (backwards, "periods run backwards"),
            (open_of_ended, "ended tickets have an open period"),
            (without, "open tickets have no open period"),
            (holes, "periods do not start where the one before ended"),
        )
        if count
    ]
    yield Finding("periods", f"{Period.objects.count()} periods", "; ".join(problems))


def _holes() -> int:
    table = Period._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {table} p WHERE p.ordinal > 1 AND NOT EXISTS (SELECT 1 FROM {table} q"
            " WHERE q.ticket_id = p.ticket_id AND q.ordinal = p.ordinal - 1 AND q.ends_at = p.starts_at)"
        )
        return int(cursor.fetchone()[0])


def _figures() -> Iterator[Finding]:
    """Each point's last day before today, counted from the rows and from the journal."""
    wrong, counted = [], 0
    for point in Point.objects.select_related("ward"):
        day = Ticket.objects.filter(point=point, day__lt=clock.today()).aggregate(last=Max("day"))["last"]
        if day is None:
            continue
        counted += 1
        if unlike := differences(point, day, day_report(point, day)):
            wrong.append(f"{point.name} on {day}: {', '.join(sorted(unlike))}")
    problem = f"report and journal differ: {'; '.join(wrong)}" if wrong else ""
    yield Finding("figures", f"{counted} days recomputed", problem)


def _keys() -> Iterator[Finding]:
    protected = Person.objects.exclude(id_number="").values_list("id_number", flat=True)
    count = closed_rows()
    path = Path(settings.DATA) / "keys.json"
    if not count and not path.exists():
        yield Finding("keys", "none yet, nothing is encrypted")
        return
    try:
        ring = load_keyring(path)
        for value in protected.iterator():
            ring.decrypt(value, column=NUMBER)
        for value in closed_secrets():
            ring.decrypt(value, column=COLUMN)
    except Refusal as refusal:
        yield Finding("keys", f"{count} protected numbers and second factors", str(refusal))
        return
    loose = path.stat().st_mode & 0o077
    problem = "the key file is readable by others: chmod 600 keys.json" if loose else ""
    what = f"{count} protected numbers and second factors open, fingerprint {ring.fingerprint()}"
    yield Finding("keys", what, problem)


def _errands() -> Iterator[Finding]:
    failed = Errand.objects.filter(status=Errand.FAILED).exclude(kind=TELLING).count()
    late = Errand.objects.filter(status=Errand.WAITING, due_at__lt=clock.now() - timedelta(hours=1)).count()
    problem = (
        f"{failed} failed, {late} late by an hour: is `donghanh work` running?" if failed or late else ""
    )
    yield Finding("errands", f"{Errand.objects.filter(status=Errand.WAITING).count()} waiting", problem)


def _messages() -> Iterator[Finding]:
    """Messages about results: which ones nobody got, by what the courier wrote down."""
    sent = Errand.objects.filter(kind=TELLING)
    failed = (
        sent.filter(status=Errand.FAILED).values_list("last_error").annotate(n=Count("pk")).order_by("-n")
    )
    why = ", ".join(f"{count} {reason}" for reason, count in failed)
    problem = f"not arrived: {why}; see /coordinator/dossiers" if why else ""
    yield Finding("messages", f"{sent.filter(status=Errand.DONE).count()} sent", problem)


def _disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DATA).free
    problem = "less than 500 MB free: make room before the database stops" if free < LEAST_FREE_BYTES else ""
    yield Finding("disk", f"{free // (1024 * 1024)} MB free", problem)
