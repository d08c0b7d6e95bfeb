"""Two wards with a row of each kind, and clients of every role: what the access matrix asks with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from donghanh.cases.actions.consents import agree
from donghanh.cases.actions.ending import finish, refer
from donghanh.cases.actions.following import add_contact, set_status
from donghanh.cases.actions.handing_over import hand_over
from donghanh.cases.actions.helping import add_dossier, open_case
from donghanh.cases.models import Contact, Dossier, DossierStatus
from donghanh.cases.rules.consents import hash_of
from donghanh.catalog.actions.recordings import keep_recording
from donghanh.catalog.models import Edition
from donghanh.catalog.queries.sounds import heard
from donghanh.kernel import clock
from donghanh.kernel.errors import Refusal
from donghanh.kernel.journal import House
from donghanh.kernel.keys import ring
from donghanh.kernel.models import Errand
from donghanh.people.models import Merge
from donghanh.places.models import Closure, DayOverride, Ward, Zone
from donghanh.queue.actions.calls import call_next
from donghanh.teams.actions.badges import issue_badge
from donghanh.teams.actions.devices import add_device, enrol
from donghanh.teams.actions.members import set_pin
from donghanh.teams.actions.tokens import give_token
from donghanh.teams.models import Member
from donghanh.web.access import DEVICE_COOKIE
from donghanh.web.live.doors import Ask, pass_for
from donghanh.web.papers.secrets import secret_of
from tests import make
from tests.signed import sign_in

ROLES = (
    "anonymous",
    "kiosk",
    "board",
    "volunteer",
    "coordinator",
    "officer",
    "province_officer",
    "administrator",
)
PROVINCE = "92"
# Values of address parts that name no row.
PLAIN = {
    "day": "2026-11-24",
    "form": "xlsx",
    "word": "hold",
    "language": "vi",
    "piece": "chime.wav",
    "pack": "1.000894",
    "code": "1.000894",
    "need": "marriage",
    "size": "a5",
    "name": "declaration",
}
# Where `pk` is a row in another state than the usual one.
OTHER_ROW = {"desk/cases/<uuid:pk>/reopen": "finished"}


@dataclass
class Place:
    """A ward and the ids of one row of each kind, by the name an address or a body gives them."""

    ward: Ward
    ids: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """The ward the roles belong to, another one in another province, and cookies and tokens by role."""

    own: Place
    foreign: Place
    cookies: dict[str, dict[str, str]]
    tokens: dict[str, str]


def build() -> World:
    """Everything, in the running transaction."""
    ring()  # made while nothing is closed yet: later a missing key file is a loss
    own = _place(make.ward(province_code=PROVINCE))
    foreign = _place(make.ward(province_code="79", province_name="Thành phố Hồ Chí Minh"))
    cookies: dict[str, dict[str, str]] = {"anonymous": {}}
    tokens: dict[str, str] = {}
    point = own.ward.points.get()
    for kind in ("kiosk", "board"):
        tokens[kind] = enrol(add_device(point, kind=kind, name=kind, by=House()).code).token
        cookies[kind] = {DEVICE_COOKIE: tokens[kind]}
    for role in Member.ROLES:
        client = sign_in(Client(), _member(own.ward, role))
        session = client.session
        session["point"], session["counter"] = own.ids["point"], own.ids["counter"]
        session.save()
        cookies[role] = {name: morsel.value for name, morsel in client.cookies.items()}
    return World(own, foreign, cookies, tokens)


def _member(ward: Ward, role: str) -> Member:
    made = make.member(ward, role)
    set_pin(made, "804215")
    if role in {Member.PROVINCE_OFFICER, Member.ADMINISTRATOR}:
        Member.objects.filter(pk=made.pk).update(
            ward=None, province_code=PROVINCE if role == Member.PROVINCE_OFFICER else ""
        )
        made.refresh_from_db()
    return made


def _place(ward: Ward) -> Place:
    point = make.point(ward, counters=2)
    procedure = make.procedure("1.000894", offered_at=point.series.get())
    helper, today = make.member(ward), clock.today()
    make.member(ward, "officer")
    ticket = make.ticket(point)
    counter = point.counters.order_by("label")[0]
    called = call_next(counter, by=helper)
    # A number is there, though no key opens it: the door is asked about, not the number.
    person, other = make.person(ward, id_number="k1.x"), make.person(ward, "Lê Thị Hai")
    case = open_case(procedure, by=helper, ticket=called, person=person)
    finished = finish(open_case(procedure, by=helper, point=point), by=helper, outcome="done")
    organisation = make.organisation(ward)
    referral = refer(case, organisation, by=helper, due_on=today + timedelta(days=3))
    dossier = add_dossier(case, portal="national", code="H17-1", by=helper)
    contact, status, message = _told(dossier, helper)
    handover, _ = hand_over(f"{ward.pk:0>32}", kind="answers", body="A" * 60)
    merge = Merge.objects.create(
        kept=make.person(ward, "A"), merged=make.person(ward, "B"), by=helper, merged_at=clock.now()
    )
    # Recordings belong to the catalogue, which all wards share; one a language.
    recording = keep_recording(case.edition, "summary", b"OggS", tag=f"vi-{ward.pk}", label="Vi", by=helper)
    rows: dict[str, Any] = {
        "recording": recording, "point": point, "counter": counter, "procedure": procedure, "member": helper, "ticket": ticket, "case": case, "finished": finished,
        "person": person, "other": other, "organisation": organisation, "referral": referral, "merge": merge,
        "dossier": dossier, "handover": handover, "contact": contact, "status": status, "message": message,
        "series": point.series.get(), "zone": Zone.objects.create(ward=ward, name="1"),
        "closure": Closure.objects.create(ward=ward, starts_on=today, ends_on=today),
        "override": DayOverride.objects.create(ward=ward, day=today, works=True),
        "device": add_device(point, kind="board", name="tv", by=House()).device,
        "token": give_token("volunteer", by=House(), ward=point.ward).device,
    }  # fmt: skip
    ids = {name: str(row.pk) for name, row in rows.items()}
    number = str(issue_badge(helper, by=House()).member.badge_number)
    return Place(
        ward,
        {
            **ids,
            "secret": ticket.secret,
            "proof": secret_of(case),
            "digest": Edition.objects.values_list("hash", flat=True).get(pk=procedure.current_id),
            "number": number,
            "ward": ward.pk,
            "file": heard(case.edition_id, "vi")["steps.receipt.say"][0].file,
            **PLAIN,
        },
    )


def _told(dossier: Dossier, helper: Member) -> tuple[Contact, DossierStatus, Errand]:
    """A phone that is told, a status, and the message about it."""
    agreed = hash_of("tell_result", "vi")
    agree(dossier.case, "tell_result", by=helper, text_hash=agreed)
    contact = add_contact(dossier.case, kind="sms", address="0912345678", by=helper)
    status = set_status(dossier, "processed", by=helper)
    return contact, status, Errand.objects.get(kind="tell_result", facts__contact=str(contact.pk))


def addresses() -> Iterator[str]:
    """Every address of the product, as its pattern; live streams stand outside Django's."""
    yield from _walk(get_resolver(), "")
    yield from ("live/points/<point>", "live/tickets/<secret>")


def _walk(resolver: URLResolver, before: str) -> Iterator[str]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            yield from _walk(part, before + str(part.pattern))
        elif isinstance(part, URLPattern):
            yield before + str(part.pattern)


def filled(pattern: str, place: Place) -> str:
    """The pattern with this place's ids: by their own names, `…_id`, or the folder before `pk`."""

    def value(match: re.Match[str]) -> str:
        name = match[2].removesuffix("_id")
        if name == "pk":
            folder = match.string[: match.start()].rstrip("/").rpartition("/")[2]
            name = OTHER_ROW.get(pattern, folder.removesuffix("s"))
        return place.ids.get(name, "1")

    return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", value, pattern).replace("^.*$", "nothing/here")


def has_rows(pattern: str, body: str) -> bool:
    """Whether an address or its body names a row of a ward."""
    named = set(re.findall(r"<(?:\w+:)?(\w+)>", pattern)) - set(PLAIN)
    return bool(named) or "$" in body


def asked(world: World, role: str, method: str, pattern: str, body: str, place: Place) -> str:
    """Ask as a role and give the sign of the answer; whatever it changed is taken back."""
    if pattern.startswith("live/"):
        return _listened(world, role, filled(pattern, place))
    client = Client(raise_request_exception=False)
    for name, value in world.cookies[role].items():
        client.cookies[name] = value
    sent = re.sub(r"\$(\w+)", lambda match: place.ids[match[1]], body) or "{}"
    extra: dict[str, Any] = {}
    if pattern.startswith("api/"):
        extra["content_type"] = "application/json"
        if role in world.tokens:
            extra["headers"] = {"Authorization": f"Bearer {world.tokens[role]}"}
    with transaction.atomic():
        if method == "GET":
            extra.pop("content_type", None)
            answer = client.get(filled(pattern, place), json.loads(sent), **extra)
        else:
            given = sent if pattern.startswith("api/") else json.loads(sent)
            answer = client.post(filled(pattern, place), given, **extra)
        if answer.streaming:  # read to its end, so that its file is closed
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return sign(answer)


def sign(answer: HttpResponse) -> str:
    """+ the door opened · L sent to sign in · E sent to enrolment · u 401 · x 403 · 0 not there · m wrong method · ! a bug."""
    if answer.status_code >= 500:
        return "!"
    if answer.status_code == 302:
        for mark, name in (("L", "account_login"), ("E", "enrol"), ("0", "kiosk-again")):
            if answer.headers["Location"].startswith(reverse(name)):
                return mark
    return {401: "u", 403: "x", 404: "0", 405: "m"}.get(answer.status_code, "+")


def _listened(world: World, role: str, path: str) -> str:
    _, _, what, which = path.split("/")
    cookies = "; ".join(f"{name}={value}" for name, value in world.cookies[role].items())
    try:
        pass_for(Ask(what, which, cookies, "", ""))
    except Refusal as refused:
        return {401: "u", 403: "x", 404: "0"}.get(refused.status, "+")
    return "+"
