"""Queries of each request of a stay, counted in the process that answers."""

from __future__ import annotations

import json
import os
import sys
from typing import Any
from uuid import uuid4

from benchmarks.figures import say
from tests.server import LiveServer


def count_stay(made: dict[str, Any]) -> dict[str, int]:
    """A warm stay through Django's own client. Runs in a process of the server's environment."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    ward = made["wards"][0]
    desk = ward["desks"][0]
    client = Client(HTTP_HOST="127.0.0.1", HTTP_AUTHORIZATION=f"Bearer {desk['token']}")
    counts: dict[str, int] = {}

    def ask(what: str, path: str, body: dict[str, Any]) -> Any:
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(
                f"/api/v1{path}", body, "application/json", headers={"Idempotency-Key": str(uuid4())}
            )
        assert answer.status_code < 300, (what, answer.status_code, answer.content)
        counts[what] = len(captured)
        if os.environ.get("SHOW_QUERIES"):
            for query in captured.captured_queries:
                print(what, query["sql"][:300], file=sys.stderr)
        return json.loads(answer.content)

    for number in range(2):
        ask("ticket", "/tickets", {"point": ward["point"]})
        ticket = ask("call", f"/counters/{desk['counter']}/call-next", {})
        case = ask("case", "/cases", {"ticket": ticket["id"], "procedure": made["procedure"]})
        for step in made["steps"]:
            ask("step", f"/cases/{case['id']}/steps", {"steps": [{"step": step, "done": True}]})
        ask(
            "dossier",
            f"/cases/{case['id']}/dossier",
            {"portal": "dichvucong", "code": f"G22.99-{number:06d}"},
        )
        ask("finish", f"/cases/{case['id']}/finish", {"outcome": "submitted"})
    return counts


def main() -> None:
    """SQLite is enough: both databases get the same queries."""
    with LiveServer("sqlite") as server:
        counts: dict[str, int] = json.loads(
            server.run("benchmarks.queries", json.dumps(server.seed(wards=1, counters=1)))
        )
    for what, count in counts.items():
        say(f"queries of a request: {what}", count, "queries")
    say("queries of a stay", sum(counts.values()) + 5 * counts["step"], "queries", requests=11)


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.settings")
    django.setup()
    json.dump(count_stay(json.loads(sys.argv[1])), sys.stdout)
