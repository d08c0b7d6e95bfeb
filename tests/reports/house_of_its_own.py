"""A house in a folder of its own, with a point of five counters; prints what a script needs to know."""

from __future__ import annotations

import json

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from donghanh.kernel.journal import House  # noqa: E402
from donghanh.teams.actions.tokens import give_token  # noqa: E402
from tests import make  # noqa: E402

call_command("migrate", verbosity=0)
point = make.point(make.ward("31153"), counters=5)
make.procedure("1.000894", offered_at=make.series(point, "A"))
make.procedure("svc.vneid-install", offered_at=make.series(point, "B"))
token = give_token("officer", ward=point.ward, point=point, name="replay", by=House()).token
print(json.dumps({"point": str(point.pk), "token": token}))
