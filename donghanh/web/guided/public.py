"""Open to everyone: plans, communes by name, and what a phone leaves for a desk."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from donghanh.cases.actions.handing_over import hand_over
from donghanh.catalog.models import Edition
from donghanh.catalog.queries import plan_of
from donghanh.kernel import clock
from donghanh.places.queries.finding import FoundArea, areas_of, found_areas
from donghanh.web.guided.doors import body_of, for_all, text_in
from donghanh.web.throttle import Throttle, address_of

LANGUAGES = ("vi", "en", "fr")
# Sixty phones an hour behind one address are a busy centre, not a flood.
HANDED_OVER = Throttle("handover", most=60, seconds=3600)
LARGEST = 128 * 1024


@for_all("GET")
def plan(request: HttpRequest, digest: str, language: str) -> HttpResponse:
    """The plan of an edition: it never changes, so a browser asks once."""
    found = Edition.objects.filter(hash=digest).values_list("pk", flat=True).first()
    if found is None or language not in LANGUAGES:
        raise Http404
    body, closed, etag = _plan(found, language)
    if etag in request.headers.get("If-None-Match", ""):
        response: HttpResponse = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(closed, content_type="application/json")
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(body, content_type="application/json")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Content-Language"] = language
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@for_all("GET")
def areas(request: HttpRequest) -> HttpResponse:
    """Communes of today by words, by a former name too; or by code, to show the name of a kept one."""
    today, code = clock.today(), request.GET.get("code", "")
    if code:
        found = areas_of(code, today)
    else:
        found = found_areas(request.GET.get("q", ""), today, province_code=request.GET.get("province", ""))
    return JsonResponse({"areas": [shown_area(one) for one in found]})


# Nothing is done in anybody's name here, and a phone's page may be older than its CSRF cookie.
@csrf_exempt
@for_all("POST")
def handovers(request: HttpRequest) -> HttpResponse:
    """Keep a phone's ciphertext for a day."""
    here = address_of(request)
    HANDED_OVER.check(here)
    sent = body_of(request, LARGEST)
    made, is_new = hand_over(
        text_in(sent, "id", longest=64),
        kind=text_in(sent, "kind", longest=12, default="answers"),
        body=text_in(sent, "body", longest=LARGEST),
    )
    HANDED_OVER.failed(here)
    return JsonResponse(
        {"id": made.pk, "expires_at": made.expires_at.isoformat()}, status=201 if is_new else 200
    )


@lru_cache(maxsize=128)
def _plan(edition: UUID, language: str) -> tuple[bytes, bytes, str]:
    """The plan's bytes, the same compressed, and the mark a browser compares."""
    made = plan_of(edition, language)
    body = json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
    return body, gzip.compress(body, 9, mtime=0), f'"{made["hash"][:32]}-{language}"'


def shown_area(one: FoundArea) -> dict[str, Any]:
    """A commune as the guide gets it."""
    old = one.old
    return {
        "code": one.code,
        "name": one.name,
        "province": one.province,
        "province_code": one.province_code,
        "is_default": one.is_default,
        "old": {
            "code": old.code,
            "name": old.name,
            "district": old.district,
            "province": old.province,
            "divided": old.divided,
        }
        if old
        else None,
    }
