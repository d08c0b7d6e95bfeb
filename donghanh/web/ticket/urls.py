"""Addresses of a ticket's page."""

from django.urls import URLPattern, path

from donghanh.web.ticket import views

urlpatterns: list[URLPattern] = [
    path("<str:secret>/", views.ticket, name="ticket"),
    path("<str:secret>/now/", views.now, name="ticket-now"),
    path("<str:secret>/leave/", views.go, name="ticket-leave"),
    path("<str:secret>/tell/", views.tell_phone, name="ticket-tell"),
    path("<str:secret>/tell/end/", views.tell_no_longer, name="ticket-tell-end"),
]
