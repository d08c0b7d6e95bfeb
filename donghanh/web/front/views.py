"""Home sends everyone where they work; the language switch; a health word for scripts."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from donghanh.teams.models import Member
from donghanh.web.access import device_of, for_everyone, member_of

HOME_OF_ROLE = {
    Member.VOLUNTEER: "desk",
    Member.COORDINATOR: "coordinator",
    Member.OFFICER: "office",
    Member.PROVINCE_OFFICER: "report",
    Member.ADMINISTRATOR: "office",
}
A_YEAR = 365 * 24 * 3600


@for_everyone
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Members to their first screen, devices to theirs, everybody else to the welcome page."""
    if request.user.is_authenticated:
        return redirect(HOME_OF_ROLE[member_of(request).role])
    device = device_of(request)
    if device is not None and device.kind in {"kiosk", "board"}:
        return redirect(device.kind)
    return render(request, "front/home.html")


@for_everyone
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the page."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = redirect(target)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=A_YEAR, samesite="Lax", httponly=True
        )
    return response


@for_everyone
@require_GET
def push_worker(request: HttpRequest) -> HttpResponse:
    """The worker that shows messages on a phone. It stands at the root because a worker reaches no higher than it
    stands; it is registered for `/push/`, where no page lives, so that it never stands between a page and the house.
    """
    response = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@lru_cache(maxsize=1)
def _worker() -> bytes:
    return (settings.PACKAGE / "web" / "static" / "js" / "push_worker.js").read_bytes()


@for_everyone
@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """Whether the server and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})
