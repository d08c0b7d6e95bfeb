"""Every route, fuzzed by schemathesis over a populated ward: no 5xx, and every answer as declared.

`DONGHANH_FUZZ_EXAMPLES` sets how many requests a route gets (25).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    missing_required_header,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests import make
from tests.web.api.ward import Ward, ward

EXAMPLES = int(os.environ.get("DONGHANH_FUZZ_EXAMPLES", "25"))
# Which ticket a move can start from; the others start from one that is being served.
STATE_FOR = {"arrived": "called", "recall": "called", "absent": "called", "leave": "waiting"}
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance, negative_data_rejection, missing_required_header, unsupported_method,
]  # fmt: skip

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])


@contextmanager
def one_connection() -> Iterator[None]:
    """The bounds of a request would close the connection that this test's transaction lives on."""
    bounds = (request_started, request_finished)
    for bound in bounds:
        bound.disconnect(close_old_connections)
    try:
        yield
    finally:
        for bound in bounds:
            bound.connect(close_old_connections)


@pytest.fixture
def place() -> Ward:
    """A ward with someone waiting, someone called, someone helped, and a referral."""
    return ward()


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_breaks_a_route(case: schemathesis.Case, place: Ward):
    aim(case, place)
    headers = {"Authorization": f"Bearer {place.officer.token}"}
    with one_connection():
        case.call_and_validate(headers=headers, checks=CHECKS)


def aim(case: schemathesis.Case, place: Ward) -> None:
    """Put ids that exist where the generator invents some, and leave what is meant to be wrong."""
    if case.meta is not None and case.meta.generation.mode is GenerationMode.NEGATIVE:
        return
    ids = fresh(place)
    state = STATE_FOR.get(case.path.rpartition("/")[2])
    put_ids(case.path_parameters, {**ids, "ticket_id": ids[state]} if state else ids)
    put_ids(case.body, ids)
    if isinstance(case.body, dict) and "procedure" in case.body:
        case.body["procedure"] = "1.000894"
        case.body.pop("person", None)
        case.body.pop("series", None)
    if isinstance(case.body, dict) and case.path.endswith("/steps"):
        for step in case.body.get("steps", ()):
            step["step"] = "papers"


def fresh(place: Ward) -> dict[str, str]:
    """Ids of rows in a state from which something can go on; made anew every few requests."""
    made: dict[str, str] = vars(place).setdefault("made", {})
    made["asked"] = str(int(made.get("asked", "0")) + 1)
    if int(made["asked"]) % 4 == 1:
        waiting = place.volunteer.post("/tickets", {"point": str(place.point.pk), "series": "B"}).json()["id"]
        ticket, helped = place.stay()
        place.volunteer.post("/tickets", {"point": str(place.point.pk)})
        called = place.volunteer.post(f"/counters/{place.counter.pk}/call-next").json()["id"]
        place.volunteer.post("/tickets", {"point": str(place.point.pk)})
        police = str(make.organisation(place.point.ward).pk)
        sent = place.volunteer.post(
            f"/cases/{helped}/refer", {"organisation": police, "due_on": "2099-01-05"}
        )
        made |= {
            "point_id": str(place.point.pk), "counter_id": str(place.counter.pk), "ticket_id": ticket,
            "case_id": helped, "referral_id": sent.json()["id"], "point": str(place.point.pk),
            "counter": str(place.counter.pk), "ticket": ticket, "organisation": police,
            "waiting": waiting, "called": called,
        }  # fmt: skip
    return made


def put_ids(values: Any, ids: dict[str, str]) -> None:
    """Three of four; the rest stays foreign."""
    if not isinstance(values, dict):
        return
    for name, value in values.items():
        if name in ids and isinstance(value, str) and UUID.fullmatch(value) and int(value[0], 16) % 4:
            values[name] = ids[name]
