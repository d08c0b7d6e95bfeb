"""What a server's database holds, as JSON: `python -m tests.look_into`. For tests that killed the server."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.settings")
django.setup()

from donghanh.cases.models import Case, Dossier, StepTick  # noqa: E402
from donghanh.kernel import journal  # noqa: E402
from donghanh.kernel.models import JournalEntry  # noqa: E402
from donghanh.queue.models import Ticket  # noqa: E402


def seen() -> dict[str, Any]:
    """Chains, tickets, calls, ticks, cases and dossiers, each as counted in the tables and in the journal."""
    breaks = [journal.first_break(ward) for ward in journal.wards()]
    return {
        "breaks": [f"{one.ward} {one.seq}: {one.problem}" for one in breaks if one],
        "tickets": [
            [str(pk), number, state]
            for pk, number, state in Ticket.objects.order_by("ordinal").values_list("pk", "ordinal", "state")
        ],
        "verbs": [
            list(row) for row in JournalEntry.objects.order_by("seq").values_list("ward", "seq", "verb", "subject_id")
        ],
        "ticks": [[str(case), step] for case, step in StepTick.objects.values_list("case_id", "step")],
        "cases": [[str(pk), str(ticket), outcome] for pk, ticket, outcome in
                  Case.objects.values_list("pk", "ticket_id", "outcome")],
        "dossiers": [[str(case), code] for case, code in Dossier.objects.values_list("case_id", "code")],
    }  # fmt: skip


if __name__ == "__main__":
    json.dump(seen(), sys.stdout)
