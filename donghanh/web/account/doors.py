"""Doors for those who do not sign in: devices by their code, and citizens who check a badge."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from donghanh.teams.actions.devices import WrongCode, enrol
from donghanh.teams.models import Device, Member
from donghanh.web.access import DEVICE_COOKIE, for_everyone
from donghanh.web.account.forms import EnrolForm
from donghanh.web.middleware import said
from donghanh.web.throttle import Throttle, TooManyTries, address_of

A_YEAR = 365 * 24 * 3600
CODE_TRIES = Throttle("enrol", most=10, seconds=600)
LOOK_UPS = Throttle("verify", most=60, seconds=600)
FIRST_SCREEN = {Device.KIOSK: "kiosk", Device.BOARD: "board", Device.DESK: "desk"}


@for_everyone
@require_http_methods(["GET", "HEAD", "POST"])
def enrol_device(request: HttpRequest) -> HttpResponse:
    """Type the one-time code: this browser is then a kiosk, a board or a desk."""
    form = EnrolForm(request.POST or None, initial={"code": request.GET.get("code", "")[:20]})
    if request.method == "POST" and form.is_valid():
        try:
            CODE_TRIES.check(address_of(request))
            device, token = enrol(form.cleaned_data["code"])
        except WrongCode as refused:
            CODE_TRIES.failed(address_of(request))
            form.add_error("code", said(refused))
        except TooManyTries as refused:
            form.add_error("code", said(refused))
        else:
            return _made(request, device, token)
    return render(request, "account/enrol.html", {"form": form}, status=422 if form.errors else 200)


def _made(request: HttpRequest, device: Device, token: str) -> HttpResponse:
    response = redirect(FIRST_SCREEN[device.kind])
    response.set_cookie(
        DEVICE_COOKIE, token, max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


@for_everyone
@require_safe
def verify(request: HttpRequest, number: int) -> HttpResponse:
    """Whether a badge is real: given name, organisation, ward. Nothing else, and nothing about a wrong number."""
    LOOK_UPS.check(address_of(request))
    member = (
        Member.objects.filter(badge_number=number, is_active=True).exclude(badge_number=0)
        .select_related("organisation", "ward").first()
    )  # fmt: skip
    context = {"member": member, "number": f"{number:,}".replace(",", " "), "given_name": ""}
    if member is None:
        LOOK_UPS.failed(address_of(request))
        return render(request, "account/verify.html", context, status=404)
    context["given_name"] = member.full_name.split()[-1]
    return render(request, "account/verify.html", context)
