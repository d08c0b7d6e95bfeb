"""Lessons for members: a card with a task, the practice portal to do it on, the result kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from donghanh.practice.actions import begin_lesson
from donghanh.practice.models import Attempt
from donghanh.practice.queries import attempts_of, card_for, open_attempt, service, services
from donghanh.teams.models import Member
from donghanh.web.access import for_members, member_of


@for_members("help_case")
@require_GET
def lessons(request: HttpRequest) -> HttpResponse:
    """Every lesson with the member's best result, and the latest attempts."""
    attempts = attempts_of(str(member_of(request).pk))
    names = {one.procedure.code: one.procedure.name_in(_language()) for one in services()}
    passed = {one.lesson for one in attempts if one.passed}
    rows = [(code, name, code in passed) for code, name in names.items()]
    latest = [
        (names.get(one.lesson, one.lesson), one, *divmod(one.seconds or 0, 60)) for one in attempts[:10]
    ]
    return render(request, "practice/lessons.html", {"rows": rows, "latest": latest})


@for_members("help_case")
@require_http_methods(["GET", "POST"])
def lesson(request: HttpRequest, code: str) -> HttpResponse:
    """The task's card; a POST starts the clock and leads to the portal."""
    one = service(code)
    if request.method == "POST":
        begin_lesson(one, member_id=str(member_of(request).pk))
        return redirect("practice-form", code=code)
    facts = {"code": code, "name": one.procedure.name_in(_language()), "card": card_for(one)}
    return render(request, "practice/lesson.html", facts)


def running_attempt(request: HttpRequest, code: str) -> Attempt | None:
    """The attempt this signed-in member is at; a citizen who tries the portal has none."""
    if not isinstance(request.user, Member):
        return None
    return open_attempt(str(request.user.pk), code)


def _language() -> str:
    return (get_language() or "vi")[:2]
