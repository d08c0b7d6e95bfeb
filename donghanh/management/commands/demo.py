"""`donghanh demo`: a populated ward on this machine, in a data folder of its own."""

from __future__ import annotations

import sys
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from donghanh.cases.actions.ending import close_day
from donghanh.kernel import clock
from donghanh.kernel.journal import House
from donghanh.management.demo.laying import PASSWORD, PIN, TEAM, Laid, lay_ward
from donghanh.management.demo.living import live_day
from donghanh.places.queries.working import working_days_of
from donghanh.places.rules.days import is_working_day
from donghanh.queue.models import Ticket
from donghanh.teams.actions.devices import add_device, give_code
from donghanh.teams.actions.tokens import give_token, revoke_token
from donghanh.teams.models import Device
from donghanh.web.words import ROLES

PAST_DAYS = 3
DEVICE_CODES = {"kiosk": "KSKDEM22", "board": "BARDEM22"}
SCRIPT = "Demo script"
A_YEAR_IN_MINUTES = 365 * 24 * 60


class Command(BaseCommand):
    """Set the demo ward up, live its days up to now, say where to look, and serve it."""

    help = "A populated demo ward (phường Ô Môn) with invented people, served on 127.0.0.1."

    def add_arguments(self, parser: CommandParser) -> None:
        """Port, and whether to serve at all."""
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--no-serve", action="store_true", help="set up only")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each part is done only where it is missing, so the command may be run again."""
        if not settings.DEMO:
            raise CommandError(
                "Start the demo as `donghanh demo` or `make demo`, so that it has a data folder of its own."
            )
        settings.DATA.mkdir(parents=True, exist_ok=True)
        (settings.DATA / "demo.mark").write_text(
            "The data in this folder are the demo's: invented, with known passwords.\n"
        )
        self._say("Setting up the database and the areas of the country …")
        call_command("migrate", verbosity=0)
        call_command("import_areas", verbosity=0, stdout=self.stdout)
        self._say("Laying the ward and its catalogue …")
        laid = lay_ward()
        self._live(laid)
        self._enrol(laid)
        self._tell(options["port"], self._token(laid))
        if not options["no_serve"]:
            call_command("serve", port=options["port"], with_work=True)

    def _live(self, laid: Laid) -> None:
        """The last working days whole, and today up to this minute."""
        now, today = clock.now(), clock.today()
        if Ticket.objects.filter(point=laid.centre, day=today).exists():
            return
        calendar = working_days_of(laid.ward.pk, today - timedelta(days=60))
        day, left = (
            today - timedelta(days=1),
            [] if Ticket.objects.filter(point=laid.centre).exists() else [PAST_DAYS],
        )
        while left and left[0]:
            if is_working_day(day, calendar):
                left[0] -= 1
                self._say(f"Living {day:%d/%m/%Y} …")
                self._live_past(laid, day)
            day -= timedelta(days=1)
        self._say("Living today up to this minute …")
        midnight = timezone.make_aware(datetime.combine(today, time(0, 1)))
        opens = max(midnight, now - timedelta(hours=3, minutes=30))
        hours = (now - opens).total_seconds() / 3600
        # A little more than five counters can serve, so that somebody always waits.
        people, team = 9 + int(21 * hours), laid.volunteers[:5]
        live_day(
            laid,
            opens,
            now,
            people=people,
            hours=max(hours, 0.05),
            team=team,
            whole=False,
            seed=today.toordinal(),
        )

    def _live_past(self, laid: Laid, day: Any) -> None:
        for half, (hour, people) in enumerate(((7, 62), (13, 44))):
            opens = timezone.make_aware(datetime.combine(day, time(hour, 0 if hour == 7 else 30)))
            until = opens + timedelta(hours=4, minutes=15)
            team = laid.volunteers[5 * half : 5 * half + 5]
            live_day(
                laid,
                opens,
                until,
                people=people,
                hours=3.6,
                team=team,
                whole=True,
                seed=day.toordinal() * 2 + half,
            )
        with clock.at(timezone.make_aware(datetime.combine(day, time(23, 30)))):
            close_day(laid.centre, day, by=House())

    def _enrol(self, laid: Laid) -> None:
        for kind, code in DEVICE_CODES.items():
            device = Device.objects.filter(point=laid.centre, kind=kind, revoked_at__isnull=True).first()
            if device is None:
                device = add_device(laid.centre, kind=kind, name=f"Demo {kind}", by=House()).device
            give_code(device, by=House(), code=code, minutes=A_YEAR_IN_MINUTES)

    def _token(self, laid: Laid) -> str:
        """A fresh volunteer's token for scripts; the one of an earlier start ends."""
        for old in Device.objects.filter(kind=Device.SCRIPT, name=SCRIPT, revoked_at__isnull=True):
            revoke_token(old, by=House())
        return give_token("volunteer", by=House(), point=laid.centre, name=SCRIPT).token

    def _tell(self, port: int, token: str) -> None:
        """One address and one login a surface."""
        at = f"http://127.0.0.1:{port}"
        ticket = Ticket.objects.filter(state="waiting").order_by(
            "-issued_at"
        ).first() or Ticket.objects.latest("issued_at")
        rows = [
            ("Kiosk", f"{at}/enrol/?code={DEVICE_CODES['kiosk']}", f"device code {DEVICE_CODES['kiosk']}"),
            ("Board", f"{at}/enrol/?code={DEVICE_CODES['board']}", f"device code {DEVICE_CODES['board']}"),
            ("Ticket", f"{at}/t/{ticket.secret}/", "no login"),
            ("Desk", f"{at}/desk/", f"lan / {PASSWORD}"),
            ("Coordinator", f"{at}/coordinator/", f"thu / {PASSWORD}"),
            ("Report", f"{at}/report/", f"thu / {PASSWORD}"),
            ("Office", f"{at}/office/", f"hung / {PASSWORD}"),
            ("Province", f"{at}/report/", f"tinh / {PASSWORD}"),
            ("Administrator", f"{at}/office/", f"quantri / {PASSWORD}"),
            ("API", f"{at}/api/v1/openapi.json", f"Bearer {token}"),
        ]
        self._say(
            f"\nPhường Ô Môn (31153), demo: invented people, second factor off, PIN {PIN} with a badge.\n"
        )
        for surface, address, login in rows:
            self._say(f"  {surface:<14} {address:<58} {login}")
        names = ", ".join(f"{username} ({ROLES[role]})" for username, _, role, _ in TEAM)
        self._say(f"\n  More tokens: DONGHANH_DATA={settings.DATA} donghanh token ROLE")
        self._say(f"  All with the password {PASSWORD}: {names}\n")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        sys.stdout.flush()
