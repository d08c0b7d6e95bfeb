"""What of an edition can be heard, the sounds themselves, and the page where members lend their voice.

Open to everyone who walks a procedure; recording is for members with the verb `record_words`.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from donghanh.catalog.actions.recordings import MOST_BYTES, NotASound, keep_recording, retire_recording
from donghanh.catalog.models import Edition, Recording
from donghanh.catalog.queries import content_of
from donghanh.catalog.queries.sounds import Heard, heard, recordings_of, sound_file
from donghanh.catalog.rules.speech import spoken
from donghanh.kernel.errors import NotFound
from donghanh.web.access import for_everyone, for_members, member_of
from donghanh.web.guided.doors import for_all
from donghanh.web.guided.public import LANGUAGES

FOR_EVER = "public, max-age=31536000, immutable"
A_MINUTE = "public, max-age=60"


@for_all("GET")
def audio(request: HttpRequest, digest: str, language: str) -> HttpResponse:
    """By text key, every way it can be heard, the best one first."""
    if language not in LANGUAGES:
        raise Http404
    ways = heard(_edition(digest).pk, language)
    response = JsonResponse({"audio": {key: [_way(one) for one in found] for key, found in ways.items()}})
    response.headers["Cache-Control"] = A_MINUTE
    return response


@for_everyone
@require_safe
def recording(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sound of a recording; none once it is retired."""
    found = Recording.objects.filter(pk=pk, retired_at__isnull=True).first()
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.body), content_type=found.kind)
    response.headers["Cache-Control"] = A_MINUTE
    return response


@for_everyone
@require_safe
def sound(request: HttpRequest, file: str) -> HttpResponse:
    """A rendered sound; its name is made of what it says, so it never changes."""
    found = sound_file(file)
    if found is None:
        raise Http404
    kind = "audio/ogg" if found.suffix == ".opus" else "audio/wav"
    response = HttpResponse(found.read_bytes(), content_type=kind)
    response.headers["Cache-Control"] = FOR_EVER
    return response


@for_members("record_words")
@require_safe
def voices(request: HttpRequest, digest: str) -> HttpResponse:
    """Every text that is read aloud, who speaks it so far, and a button to record it."""
    edition = _edition(digest)
    content = content_of(edition.pk)
    recorded = recordings_of(edition.pk)
    rows = [
        {"key": key, "text": text, "recordings": [one for one in recorded if one.key == key]}
        for key, text in spoken(content, "vi").items()
    ]
    context: dict[str, Any] = {"edition": edition, "rows": rows, "name": content.texts["vi"]["name"]}
    return render(request, "guide/voices.html", context)


@for_members("record_words")
@require_POST
def record(request: HttpRequest, digest: str) -> HttpResponse:
    """Keep a recording the member has listened to."""
    sent = request.FILES.get("sound")
    if sent is None or (sent.size or 0) > MOST_BYTES:
        raise NotASound()
    typed = request.POST
    made = keep_recording(
        _edition(digest), typed.get("key", ""), sent.read(),
        tag=typed.get("tag", "").strip().lower(), label=typed.get("label", ""), by=member_of(request),
    )  # fmt: skip
    return JsonResponse({"id": str(made.pk), "url": reverse("guide-recording", args=[made.pk])}, status=201)


@for_members("record_words")
@require_POST
def retire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a recording back."""
    found = Recording.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound()
    retire_recording(found, by=member_of(request))
    return JsonResponse({"id": str(found.pk)})


def _edition(digest: str) -> Edition:
    found = Edition.objects.select_related("procedure").filter(hash=digest).first()
    if found is None:
        raise Http404
    return found


def _way(one: Heard) -> dict[str, str]:
    if one.recording:
        url = reverse("guide-recording", args=[one.recording])
    else:
        url = reverse("guide-sound", args=[one.file])
    return {"tag": one.tag, "label": one.label, "url": url}
