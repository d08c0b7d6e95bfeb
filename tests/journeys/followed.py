"""What happens away from the screens: `python -m tests.journeys.followed WHAT …`, in a server's environment.

`submit PROCEDURE` puts a filled form on the practice portal and prints its code; `later HOURS` lets that time pass
there; `told KIND` counts who is told in that way; `point URL` leads messages to other systems and to browsers to a server of the test's own.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.settings")
django.setup()

from django.db.models import F  # noqa: E402

from donghanh.cases.actions.following import ADDRESS, address_of  # noqa: E402
from donghanh.cases.models import Contact  # noqa: E402
from donghanh.kernel.keys import ring  # noqa: E402
from donghanh.practice.actions.dossiers import PRETEND_FILES, attach, begin, settle_fee, submit  # noqa: E402
from donghanh.practice.models import PracticeDossier, PracticeMove  # noqa: E402
from donghanh.practice.queries import service  # noqa: E402


def submitted(procedure: str) -> str:
    """The code of a dossier that goes on as it should."""
    offered = service(procedure)
    draft = begin(offered, account="tập dượt", owner="hành trình", fields={})
    settle_fee(draft, now=True)
    attach(draft, file=PRETEND_FILES[0])
    return submit(draft, offered, wished="ordinary").code


def let_pass(hours: float) -> None:
    """All of the practice portal happened so much earlier."""
    span = timedelta(hours=hours)
    PracticeDossier.objects.update(begun_at=F("begun_at") - span, submitted_at=F("submitted_at") - span)
    PracticeMove.objects.update(at=F("at") - span)


def point(url: str) -> None:
    """Contacts of https addresses, on the loopback: only a demo's server may write there."""
    for contact in Contact.objects.filter(kind__in=["webhook", "web_push"], ended_at__isnull=True):
        there = f"{url}/hook"
        if contact.kind == "web_push":
            there = json.dumps({**json.loads(address_of(contact)), "endpoint": f"{url}/push"})
        Contact.objects.filter(pk=contact.pk).update(address=ring().encrypt(there, column=ADDRESS))


if __name__ == "__main__":
    what, given = sys.argv[1:]
    if what == "submit":
        print(submitted(given))
    elif what == "later":
        let_pass(float(given))
    elif what == "told":
        print(Contact.objects.filter(kind=given, ended_at__isnull=True).count())
    else:
        point(given)
