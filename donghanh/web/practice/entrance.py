"""The front of the practice portal: its services, signing in with a card and the code on the screen, the trainer's wishes."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from donghanh.practice.queries import services
from donghanh.practice.rules.invented import ACCOUNTS, NotThePracticeCode, check_code, practice_code
from donghanh.web.access import for_everyone
from donghanh.web.practice.visitor import Visitor, portal_page, shown
from donghanh.web.practice.words import STORIES


@portal_page
@require_GET
def home(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """What can be practised, and what this place is."""
    language = (get_language() or "vi")[:2]
    offered = [(one.procedure.code, one.procedure.name_in(language)) for one in services()]
    return shown(request, visitor, "home", services=offered, stories=STORIES.items())


@portal_page
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Choose the card of an invented person. Nothing is typed here."""
    if request.method == "POST":
        chosen = request.POST.get("card", "")
        if chosen in ACCOUNTS:
            visitor.keep(playing=chosen, wanted=_form_code(request.POST.get("form", "")), expired=False)
            return redirect("practice-code")
    wanted = _form_code(request.GET.get("form", "")) or visitor["wanted"]
    return shown(
        request,
        visitor,
        "sign_in",
        cards=ACCOUNTS.values(),
        wanted=wanted,
        missing=request.method == "POST",
        status=422 if request.method == "POST" else 200,
    )


@portal_page
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Type the practice code that stands on this very screen; anything else is refused and not kept."""
    person = ACCOUNTS.get(visitor["playing"])
    if person is None:
        return redirect("practice-sign-in")
    refused: NotThePracticeCode | None = None
    if request.method == "POST":
        try:
            check_code(request.POST.get("practice_digits", ""), visitor["seed"])
        except NotThePracticeCode as no:
            refused = no
        else:
            wanted = visitor["wanted"]
            visitor.sign_in()
            visitor.keep(wanted="")
            return redirect("practice-form", code=wanted) if wanted else redirect("practice")
    digits = practice_code(visitor["seed"])
    return shown(
        request,
        visitor,
        "code",
        person=person,
        digits=digits,
        refused=refused,
        status=422 if refused else 200,
    )


@for_everyone
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave the invented account."""
    Visitor(request).sign_out()
    return redirect("practice")


@for_everyone
@require_POST
def trainer(request: HttpRequest) -> HttpResponse:
    """What the trainer wants this browser to live through: maintenance, an expired session, a story."""
    story = request.POST.get("story", "")
    Visitor(request).keep(
        maintenance=request.POST.get("maintenance") == "on",
        expire=request.POST.get("expire") == "on",
        story=story if story in STORIES else "",
    )
    return redirect("practice")


def _form_code(text: str) -> str:
    """The code of the form to come back to, if it looks like one."""
    return text if re.fullmatch(r"[A-Za-z0-9.-]{1,40}", text) else ""
