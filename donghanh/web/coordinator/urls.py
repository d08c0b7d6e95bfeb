"""Addresses of the live view."""

from django.urls import path

from donghanh.web.coordinator import dossiers, views

urlpatterns = [
    path("", views.live, name="coordinator"),
    path("now", views.part, name="coordinator-now"),
    path("point", views.choose_point, name="coordinator-point"),
    path("tickets/<uuid:pk>/undo", views.undo_move, name="coordinator-undo"),
    path("counters/<uuid:pk>/came", views.switch_off, name="coordinator-came"),
    path("tickets/<uuid:pk>/helped", views.hall_helped, name="coordinator-hall"),
    path("referrals/<uuid:pk>/back", views.referral_back, name="coordinator-back"),
    path("dossiers", dossiers.dossiers, name="coordinator-dossiers"),
    path("dossiers/<uuid:pk>/status", dossiers.status, name="coordinator-status"),
    path(
        "dossiers/<uuid:pk>/status/<uuid:status_id>/back",
        dossiers.status_back,
        name="coordinator-status-back",
    ),
    path("dossiers/<uuid:pk>/ask", dossiers.ask, name="coordinator-ask"),
    path("messages/<uuid:pk>/again", dossiers.again, name="coordinator-again"),
    path("messages/<uuid:pk>/settled", dossiers.settled, name="coordinator-settled"),
    path("close", views.close, name="coordinator-close"),
]
