"""`donghanh token ROLE`: a bearer token for a script or a device, on standard output and nowhere else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from donghanh.kernel.errors import Refusal
from donghanh.kernel.journal import House
from donghanh.places.models import Point, Ward
from donghanh.teams.actions.tokens import OF_A_POINT, ROLES, give_token


class Command(BaseCommand):
    """Print a fresh token. Only its hash is kept: who loses it asks for another."""

    help = "Print a bearer token for a script (a role of a ward) or a device (kiosk, board of a point)."

    def add_arguments(self, parser: CommandParser) -> None:
        """The role, and where it acts."""
        parser.add_argument("role", choices=ROLES, metavar="ROLE", help=", ".join(ROLES))
        parser.add_argument(
            "--point", help="id of the point; default: the only one, else the first fixed one"
        )
        parser.add_argument(
            "--ward", help="code of the ward, like 31153; default: the point's, else the first"
        )
        parser.add_argument("--name", default="", help="what the office calls it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Give the token."""
        role, ward, point = options["role"], self._ward(options["ward"]), None
        if options["point"] or role in OF_A_POINT:
            point = self._point(options["point"], ward)
            if ward is not None and point.ward_id != ward.pk:
                raise CommandError(f"Point {point.pk} belongs to ward {point.ward_id}, not to {ward.pk}.")
        if point is None and ward is None:
            ward = self._point(None, None).ward
        try:
            given = give_token(role, ward=ward, point=point, name=options["name"], by=House())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(given.token)

    def _ward(self, code: str | None) -> Ward | None:
        if code is None:
            return None
        ward = Ward.objects.filter(pk=code).first()
        if ward is None:
            raise CommandError(
                f"There is no ward {code} here. Wards: {', '.join(self._codes()) or 'none yet'}."
            )
        return ward

    def _point(self, pk: str | None, ward: Ward | None) -> Point:
        points = Point.objects.select_related("ward").filter(is_active=True)
        if ward is not None:
            points = points.filter(ward=ward)
        if pk is not None:
            try:
                points = points.filter(pk=UUID(pk))
            except ValueError:
                raise CommandError(f"“{pk}” is no id of a point. `GET /api/v1/points` lists them.") from None
        point = points.order_by("mobile", "ward_id", "id").first()
        if point is None:
            raise CommandError(
                "There is no such point. Make one in the office, or lay the demo: donghanh demo"
            )
        return point

    def _codes(self) -> list[str]:
        return list(Ward.objects.order_by("code").values_list("code", flat=True)[:10])
