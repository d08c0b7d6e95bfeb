"""Another member at the same counter: badge and PIN, in under five seconds."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from donghanh.kernel.errors import Refusal
from donghanh.teams.actions.badges import badge_hash
from donghanh.teams.models import Device, Member
from donghanh.web.access import device_of, for_everyone
from donghanh.web.account.forms import SwitchForm
from donghanh.web.middleware import said
from donghanh.web.sign_in_state import lacks_second_factor
from donghanh.web.throttle import Throttle, TooManyTries, address_of

BADGE_TRIES = Throttle("switch-badge", most=5, seconds=300)
BROWSER_TRIES = Throttle("switch-browser", most=15, seconds=300)
KEPT = ("point", "counter")


class SecondFactorFirst(Refusal):
    """A role with second factor does not come in by badge and PIN before one is set up."""

    message = "Sign in once with your password and set up your second factor. Then the badge works."


@for_everyone
@require_http_methods(["GET", "HEAD", "POST"])
def switch(request: HttpRequest) -> HttpResponse:
    """Change places; only at an enrolled desk, or where a member of the same ward is signed in."""
    place = _place_of(request)
    if place is None:
        return redirect("account_login")
    ward, browser = place
    form = SwitchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        badge = badge_hash(form.cleaned_data["badge"])
        try:
            BADGE_TRIES.check(badge)
            BROWSER_TRIES.check(browser)
            member = _holder(badge, form.cleaned_data["pin"], ward)
            if member is not None:
                BADGE_TRIES.succeeded(badge)
                return _changed(request, member)
            BADGE_TRIES.failed(badge)
            BROWSER_TRIES.failed(browser)
            form.add_error(
                None,
                _(
                    "Badge or PIN is not right. At the first time, sign in with your password and choose a PIN."
                ),
            )
        except (TooManyTries, SecondFactorFirst) as refused:
            form.add_error(None, said(refused))
    back = request.POST.get("next") or request.GET.get("next", "")
    return render(
        request, "account/switch.html", {"form": form, "next": back}, status=422 if form.errors else 200
    )


def _place_of(request: HttpRequest) -> tuple[str | None, str] | None:
    """The ward of this browser, and a key to count its tries by; None when it is no place to change at."""
    device = device_of(request)
    if device is not None and device.kind == Device.DESK:
        return device.ward_id, f"device {device.pk}"
    if isinstance(request.user, Member):
        return request.user.ward_id, f"address {address_of(request)}"
    return None


def _holder(badge: str, pin: str, ward: str | None) -> Member | None:
    member = Member.objects.filter(badge_hash=badge, is_active=True, ward_id=ward).first()
    if member is None or not member.pin:
        make_password(pin)  # the same time for every wrong answer
        return None
    return member if check_password(pin, member.pin) else None


def _changed(request: HttpRequest, member: Member) -> HttpResponse:
    """A fresh session for the new member, with the counter and the point of the old one.

    Where the role asks for a second factor, allauth's own stage asks for it before the door opens.
    """
    if lacks_second_factor(member):
        raise SecondFactorFirst()
    kept = {name: request.session[name] for name in KEPT if name in request.session}
    device = device_of(request)
    if device is not None and device.point is not None:
        kept.setdefault("point", str(device.point.pk))
    request.session.flush()
    for name, value in kept.items():
        request.session[name] = value
    record_authentication(request, member, method="pin")
    return perform_login(request, Login(user=member, redirect_url=reverse("home")))  # type: ignore[no-any-return]
