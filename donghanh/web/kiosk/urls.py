"""Addresses of the kiosk."""

from django.urls import URLPattern, path

from donghanh.web.kiosk import views

urlpatterns: list[URLPattern] = [
    path("", views.start, name="kiosk"),
    path("again/", views.again, name="kiosk-again"),
    path("need/", views.need, name="kiosk-need"),
    path("priority/", views.priority, name="kiosk-priority"),
    path("ticket/", views.take, name="kiosk-take"),
    path("help/", views.call_someone, name="kiosk-help"),
    path("number/<uuid:ticket_id>/", views.number, name="kiosk-number"),
    path("number/<uuid:ticket_id>/slip/", views.slip, name="kiosk-slip"),
]
