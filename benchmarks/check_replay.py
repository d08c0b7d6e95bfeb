"""Is the day report what the journal says? Reads the journal straight from the database, without the product.

It knows the journal's columns and nothing else of the code: waits are added up from the entries of
each ticket, percentiles are taken by nearest rank, and both are compared with the report that the
running server gives. Prints one JSON line; exits 1 where a wait differs by a second or more.

Run: python benchmarks/check_replay.py --database FOLDER/donghanh.sqlite3|postgresql://… \\
         --url http://127.0.0.1:8000 --token TOKEN --point ID --day 2026-11-24
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import urllib.request
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PHASES = {
    "waiting": "wait", "called": "walk", "recalled": "walk", "serving": "service", "held": "hold",
}  # fmt: skip
COLUMNS = "at, verb, subject_id, facts_json"


def entries_of(database: str, point: str, day: date) -> list[tuple[datetime, str, str, dict]]:
    """The point's ticket entries from the day's midnight on, in the order of the chain."""
    start = datetime.combine(day, time(), ZONE).astimezone(UTC)
    where = f"SELECT {COLUMNS} FROM donghanh_journalentry WHERE subject = 'ticket' AND point_id = {{0}} AND at >= {{0}}"
    if database.startswith("postgres"):
        import psycopg

        with psycopg.connect(database) as line:
            rows = line.execute(where.format("%s") + " ORDER BY seq", (point, start)).fetchall()
    else:
        line = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        key = point.replace("-", "")
        rows = line.execute(
            where.format("?") + " ORDER BY seq", (key, start.strftime("%Y-%m-%d %H:%M:%S"))
        ).fetchall()
        line.close()
    return [(_moment(at), verb, subject, json.loads(facts)) for at, verb, subject, facts in rows]


def lives_of(entries: list[tuple[datetime, str, str, dict]], day: date) -> dict[str, dict]:
    """Each ticket of the day: state, seconds by phase, whether it was called."""
    midnight = datetime.combine(day + timedelta(days=1), time(), ZONE)
    lives: dict[str, dict] = {}
    for at, verb, ticket, facts in entries:
        if verb == "ticket.issue" and at < midnight:
            lives[ticket] = {
                "state": facts["state"],
                "since": at,
                "seconds": Counter(),
                "called": False,
                "cut": "",
            }
            continue
        life = lives.get(ticket)
        if life is None or "state" not in facts:
            continue
        phase = PHASES.get(life["state"])
        over = life["state"] in ("done", "gone", "closed")
        if phase:
            life["seconds"][phase] += (at - life["since"]).total_seconds()
        if verb == "ticket.close":
            life["cut"] = phase
        if not over:  # an undone end goes on from where it had ended
            life["since"] = at
        life["state"] = facts["state"]
        life["called"] |= PHASES.get(life["state"]) in ("walk", "service")
    return lives


def figures_of(lives: dict[str, dict]) -> dict[str, dict]:
    """n, mean, p50, p80, p90, max of each phase, in seconds."""
    found = {}
    for phase in ("wait", "walk", "service", "hold"):
        times = sorted(
            life["seconds"][phase]
            for life in lives.values()
            if life["called"]
            and phase in life["seconds"]
            and life["cut"] != phase
            and PHASES.get(life["state"]) != phase
        )
        n = len(times)
        found[phase] = {"n": n, "mean": sum(times) / n if n else None, "max": times[-1] if n else None} | {
            f"p{percent}": times[max(ceil(n * percent / 100), 1) - 1] if n else None
            for percent in (50, 80, 90)
        }
    return found


def report_of(url: str, token: str, point: str, day: date) -> dict:
    """The report over the public interface."""
    asked = urllib.request.Request(
        f"{url}/api/v1/points/{point}/days/{day}/report", headers={"Authorization": f"Bearer {token}"}
    )
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return json.load(answer)


def _moment(at: datetime | str) -> datetime:
    moment = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def main() -> int:
    """Compare; 0 when all is equal."""
    asked = argparse.ArgumentParser(description=__doc__)
    for name in ("database", "url", "token", "point", "day"):
        asked.add_argument(f"--{name}", required=True)
    given = asked.parse_args()
    day = date.fromisoformat(given.day)
    lives = lives_of(entries_of(given.database, given.point, day), day)
    told, report = figures_of(lives), report_of(given.url, given.token, given.point, day)
    states = Counter(life["state"] for life in lives.values())
    wrong = [
        f"{phase}.{name}: journal {value}, report {report['phases'][phase][name]}"
        for phase, figures in told.items()
        for name, value in figures.items()
        if (value is None) != (report["phases"][phase][name] is None)
        or (value is not None and abs(value - report["phases"][phase][name]) >= (1 if name != "n" else 0.5))
    ]
    counts = {"issued": len(lives), "served": states["done"], "left": states["gone"]}
    wrong += [
        f"{name}: journal {n}, report {report['stays'][name]}"
        for name, n in counts.items()
        if report["stays"][name] != n
    ]
    worst = max(
        (
            abs(v - report["phases"][p][k])
            for p, f in told.items()
            for k, v in f.items()
            if v is not None and report["phases"][p][k] is not None
        ),
        default=0.0,
    )
    print(json.dumps({
        "what": "day report beside the journal", "figure": len(wrong), "unit": "differences", **counts,
        "worst_seconds": round(worst, 3), "wait": told["wait"], "wrong": wrong,
    }))  # fmt: skip
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
