"""Several people answer one case at once: `python -m tests.races.answerers THREADS EVENTS`.

Each event of each thread is a transaction of its own; all threads also send one and the same event, and at
last one hand-over is taken by all. Prints what was applied, what is kept, and who got the hand-over.
"""

from __future__ import annotations

import json
import os
import sys
import threading

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.settings")
django.setup()

from django.db import connection  # noqa: E402

from donghanh.cases.actions.handing_over import hand_over, take  # noqa: E402
from donghanh.cases.models import Answer  # noqa: E402
from donghanh.cases.queries.answers import answers_of  # noqa: E402
from donghanh.kernel.errors import NotFound  # noqa: E402
from donghanh.kernel.journal import first_break  # noqa: E402
from tests.cases.answering import a_case, event, said  # noqa: E402

HANDOVER = "ef" * 16


def main(threads: int, events: int) -> None:
    """Answer, and tell."""
    case, member = a_case()
    shared, outcomes, taken = event("copies", 20), [], []
    hand_over(HANDOVER, kind="answers", body="A" * 60)

    def work(number: int) -> None:
        for turn in range(events):
            outcomes.extend(said(case, member, event("copies", (number + turn) % 20)))
            outcomes.extend(said(case, member, shared))
        try:
            taken.append(take(HANDOVER, by=member).body)
        except NotFound:
            taken.append("")
        connection.close()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    rows = list(Answer.objects.filter(case=case).order_by("seq").values_list("seq", flat=True))
    broken = first_break(case.ward_id)
    told = {
        "applied": outcomes.count("applied"),
        "duplicate": outcomes.count("duplicate"),
        "all": len(outcomes),
        "seqs": rows,
        "seq": answers_of(case).seq,
        "taken": sorted(taken),
        "broken": str(broken) if broken else "",
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
