"""The board's page, its state anew after a gap, its wait, and its recorded voice."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from donghanh.kernel.journal import canonical
from donghanh.places.models import Point
from donghanh.web.access import for_devices
from donghanh.web.board import pieces
from donghanh.web.board.shown import minutes_now, shown_at
from donghanh.web.spoken import VOICES
from donghanh.web.version import version


@for_devices("board")
@require_GET
def board(request: HttpRequest, point: Point) -> HttpResponse:
    """The whole board; from here on only events change it."""
    shown = shown_at(point)
    language = (get_language() or "vi")[:2]
    heard = ["vi"] if language == "vi" else ["vi", language]
    context = {
        "point": point,
        "on_board": shown,
        "state": canonical(shown),
        "voices": canonical({one: VOICES[one] for one in heard}),
        "recorded": " ".join(one for one in heard if pieces.are_there(one)),
        "wait": minutes_now(point),
        "version": version(),
    }
    return render(request, "board/board.html", context)


@for_devices("board")
@require_GET
def state(request: HttpRequest, point: Point) -> HttpResponse:
    """The whole state once more, for a board that was away too long to catch up by events."""
    return JsonResponse(shown_at(point))


@for_devices("board")
@require_GET
def wait(request: HttpRequest, point: Point) -> HttpResponse:
    """The wait of somebody who would come now."""
    return render(request, "board/_wait.html", {"wait": minutes_now(point), "version": version()})


@for_devices("board")
@require_GET
def voice(request: HttpRequest, point: Point, language: str, piece: str) -> HttpResponse:
    """A recorded piece of speech."""
    found = pieces.piece_at(language, piece)
    if found is None:
        raise Http404
    return HttpResponse(
        found.read_bytes(), content_type="audio/wav", headers={"Cache-Control": "max-age=86400"}
    )
