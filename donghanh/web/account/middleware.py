"""A signed-in member must have what their role asks for before anything else opens."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from donghanh.teams.models import Member
from donghanh.web.sign_in_state import is_over, lacks_second_factor

# What stays open to a member who must first do something: to do it, to leave, to choose a language.
ALWAYS_OPEN = ("/account/", "/language", "/health", "/static/", "/verify/")
# These answer a stranger by themselves, in JSON.
API = ("/api/", "/guide/")
# Nobody is asked who they are, so that what every browser may keep does not hang on a cookie.
ANONYMOUS = ("/static/", "/guide/plans/")


class SignedIn:
    """Ends the session with the half day; asks for a new password and a second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(ANONYMOUS) or not isinstance(request.user, Member):
            return self.get_response(request)
        if is_over(request):
            logout(request)
            return self._after_the_end(request)
        if request.path.startswith(ALWAYS_OPEN):
            return self.get_response(request)
        if request.user.must_change_password:
            return _sent(request, reverse("account_change_password"))
        if lacks_second_factor(request.user):
            return _sent(request, reverse("mfa_index"))
        return self.get_response(request)

    def _after_the_end(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(API):
            return self.get_response(request)  # the API answers a stranger by itself
        back = request.get_full_path() if request.method == "GET" else reverse("home")
        return _sent(request, f"{reverse('account_login')}?{urlencode({'next': back, 'ended': 1})}")


def _sent(request: HttpRequest, url: str) -> HttpResponse:
    if request.path.startswith(API):
        return JsonResponse(
            {"type": "about:blank", "title": "Finish signing in", "status": 403, "code": "sign-in-unfinished"},
            status=403, content_type="application/problem+json",
        )  # fmt: skip
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)
