"""Lay a quiet hall: `python -m tests.journeys.lay`, in a server's environment.

The demo ward before its first day, open at any hour, so that the journeys do not depend on the clock.
"""

from __future__ import annotations

import os
import sys
from datetime import time, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from donghanh.kernel import clock  # noqa: E402
from donghanh.kernel.journal import House  # noqa: E402
from donghanh.management.commands.demo import DEVICE_CODES  # noqa: E402
from donghanh.management.demo.laying import lay_ward  # noqa: E402
from donghanh.places.models import DayOverride, OpeningHours  # noqa: E402
from donghanh.teams.actions.devices import add_device, give_code  # noqa: E402


def lay() -> None:
    """Ward, hours around the clock, a kiosk and a board to be set up."""
    call_command("migrate", verbosity=0)
    call_command("import_areas", verbosity=0, stdout=sys.stderr)
    laid = lay_ward()
    OpeningHours.objects.filter(point=laid.centre).delete()
    for weekday in range(7):
        OpeningHours.objects.create(point=laid.centre, weekday=weekday, opens=time(0), closes=time(23, 59))
    for ahead in range(2):  # whatever the calendar says of today
        day = clock.today() + timedelta(days=ahead)
        DayOverride.objects.create(ward=laid.ward, day=day, works=True, reason="Hành trình thử")
    for kind, code in DEVICE_CODES.items():
        device = add_device(laid.centre, kind=kind, name=f"Thiết bị {kind}", by=House()).device
        give_code(device, by=House(), code=code)


if __name__ == "__main__":
    lay()
