"""A member's own account: what there is to set, the PIN, and the PIN as a re-check."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.hashers import check_password
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from donghanh.kernel.errors import NotAllowed
from donghanh.teams.actions.members import PinTooEasy, set_pin
from donghanh.web.access import member_of
from donghanh.web.account.adapter import may_recheck_by_pin
from donghanh.web.account.forms import PinAgainForm, PinForm
from donghanh.web.middleware import said
from donghanh.web.recheck import rechecked
from donghanh.web.sign_in_state import lacks_second_factor
from donghanh.web.throttle import Throttle

View = TypeVar("View", bound=Callable[..., HttpResponse])

PIN_TRIES = Throttle("pin", most=5, seconds=300)


def for_own_account(view: View) -> View:
    """Open to every signed-in member, whatever the role: it is about themselves."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.door = "own account"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


@for_own_account
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What a member can set for themselves."""
    member = member_of(request)
    kinds = Authenticator.objects.filter(user=member).values_list("type", flat=True)
    return render(
        request,
        "account/index.html",
        {
            "member": member,
            "has_app": Authenticator.Type.TOTP in kinds,
            "passkeys": list(kinds).count(Authenticator.Type.WEBAUTHN),
            "asked": lacks_second_factor(member),
        },
    )


@for_own_account
@rechecked
@require_http_methods(["GET", "HEAD", "POST"])
def pin(request: HttpRequest) -> HttpResponse:
    """Choose a PIN; only the member ever sees it."""
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_pin(member_of(request), form.cleaned_data["pin"])
        except PinTooEasy as refused:
            form.add_error("pin", said(refused))
        else:
            messages.success(request, _("Your PIN holds from now on."))
            return redirect("account")
    return render(request, "account/pin.html", {"form": form}, status=422 if form.errors else 200)


@for_own_account
@require_http_methods(["GET", "HEAD", "POST"])
def pin_again(request: HttpRequest) -> HttpResponse:
    """The PIN as a re-check, for roles that need no second factor."""
    member = member_of(request)
    if not may_recheck_by_pin(member):
        raise NotAllowed(role=member.role, verb="recheck_by_pin")
    form = PinAgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        PIN_TRIES.check(str(member.pk))
        if check_password(form.cleaned_data["pin"], member.pin):
            PIN_TRIES.succeeded(str(member.pk))
            record_authentication(request, member, method="pin", reauthenticated=True)
            return resume_request(request) or redirect("home")
        PIN_TRIES.failed(str(member.pk))
        form.add_error("pin", _("This is not your PIN. Try again."))
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", reverse("home"))}
    return render(request, "account/pin_again.html", context, status=422 if form.errors else 200)
