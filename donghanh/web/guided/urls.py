"""Addresses of the guide. Nothing in them tells who a person is."""

from django.urls import path

from donghanh.web.guided import answers, cards, public, rights, sounds

urlpatterns = [
    path("plans/<str:digest>/<str:language>.json", public.plan, name="guide-plan"),
    path("plans/<str:digest>/<str:language>/audio.json", sounds.audio, name="guide-audio"),
    path("plans/<str:digest>/voices", sounds.voices, name="guide-voices"),
    path("plans/<str:digest>/recordings", sounds.record, name="guide-record"),
    path("recordings/<uuid:pk>", sounds.recording, name="guide-recording"),
    path("recordings/<uuid:pk>/retire", sounds.retire, name="guide-recording-retire"),
    path("sounds/<str:file>", sounds.sound, name="guide-sound"),
    path("areas", public.areas, name="guide-areas"),
    path("cards/address", cards.address, name="guide-card-address"),
    path("handovers", public.handovers, name="guide-handovers"),
    path("handovers/<str:handover_id>/take", answers.handover, name="guide-handover-take"),
    path("resume", answers.resume, name="guide-resume"),
    path("cases/<uuid:pk>/answers", answers.answers, name="guide-answers"),
    path("cases/<uuid:pk>/prefill", answers.prefill, name="guide-prefill"),
    path("cases/<uuid:pk>/confirm", answers.confirmed, name="guide-confirm"),
    path("cases/<uuid:pk>/takeover", answers.takeover, name="guide-takeover"),
    path("cases/<uuid:pk>/ticks", answers.ticks, name="guide-ticks"),
    path("cases/<uuid:pk>/rebase", rights.editions, name="guide-rebase"),
    path("cases/<uuid:pk>/consent", rights.consent, name="guide-consent"),
    path("cases/<uuid:pk>/authorisation", rights.authorisation, name="guide-authorisation"),
    path("cases/<uuid:pk>/contacts", rights.contacts, name="guide-contacts"),
    path(
        "cases/<uuid:pk>/dossiers/<uuid:dossier_id>/status",
        rights.dossier_status,
        name="guide-dossier-status",
    ),
]
