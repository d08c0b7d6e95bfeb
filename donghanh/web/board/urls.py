"""Addresses of the board."""

from django.urls import URLPattern, path

from donghanh.web.board import views

urlpatterns: list[URLPattern] = [
    path("", views.board, name="board"),
    path("state/", views.state, name="board-state"),
    path("wait/", views.wait, name="board-wait"),
    path("voice/<slug:language>/<str:piece>", views.voice, name="board-voice"),
]
