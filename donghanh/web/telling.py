"""“Tell me when it is there”: what a page that a secret opens offers to the phone in the hand, and its answers."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language

from donghanh.cases.actions.following import TELLING
from donghanh.cases.actions.telling import PUSH, NothingToTell, tell_me, tell_me_no_more
from donghanh.cases.models import Case
from donghanh.cases.queries.channels import channels
from donghanh.cases.queries.following import waiting_for_news
from donghanh.cases.rules.consents import hash_of, text_of
from donghanh.kernel.journal import House
from donghanh.kernel.push_key import public_key
from donghanh.web.throttle import Throttle, address_of

CITIZEN = House(actor_kind="citizen")
# A family at one kitchen table, not a flood.
OF_ONE_ADDRESS = Throttle("tell-address", most=30, seconds=3600)
OF_ONE_SECRET = Throttle("tell-secret", most=10, seconds=3600)


@dataclass(frozen=True)
class Offer:
    """What `components/_tell_me.html` needs. `place` is where the phone remembers that it is told."""

    url: str
    end_url: str
    place: str
    text: str
    text_hash: str
    language: str
    public_key: str


def offer_of(cases: QuerySet[Case], *, secret: str, url: str, end_url: str) -> Offer | None:
    """The offer of a page; None when nothing is open any more or this house cannot reach browsers."""
    if PUSH not in channels() or not waiting_for_news(cases).exists():
        return None
    language = (get_language() or "vi")[:2]
    return Offer(
        url=url,
        end_url=end_url,
        place=sha256(secret.encode()).hexdigest()[:16],
        text=text_of(TELLING, language),
        text_hash=hash_of(TELLING, language),
        language=language,
        public_key=public_key(),
    )


def tell(request: HttpRequest, cases: QuerySet[Case], secret: str) -> JsonResponse:
    """The phone asks to be told about these cases; asking again is harmless. Refuses as `tell_me` does."""
    _count(request, secret)
    waiting = list(waiting_for_news(cases).select_related("person", "ward"))
    if not waiting:
        raise NothingToTell()
    for case in waiting:
        tell_me(
            case,
            subscription=request.POST.get("subscription", ""),
            text_hash=request.POST.get("hash", ""),
            language=request.POST.get("language", "vi"),
            by=CITIZEN,
        )
    return JsonResponse({"told": True})


def tell_no_more(request: HttpRequest, cases: QuerySet[Case], secret: str) -> JsonResponse:
    """The phone is told no longer, whatever became of the dossier. Refuses with WrongAddress."""
    _count(request, secret)
    for case in cases:
        tell_me_no_more(case, subscription=request.POST.get("subscription", ""), by=CITIZEN)
    return JsonResponse({"told": False})


def _count(request: HttpRequest, secret: str) -> None:
    here = address_of(request)
    OF_ONE_ADDRESS.check(here)
    OF_ONE_SECRET.check(secret)
    OF_ONE_ADDRESS.failed(here)
    OF_ONE_SECRET.failed(secret)
