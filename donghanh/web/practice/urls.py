"""Addresses of the practice portal and of the lessons."""

from django.urls import URLPattern, path

from donghanh.web.practice import dossiers, entrance, form, lessons

urlpatterns: list[URLPattern] = [
    path("", entrance.home, name="practice"),
    path("sign-in", entrance.sign_in, name="practice-sign-in"),
    path("code", entrance.code, name="practice-code"),
    path("sign-out", entrance.sign_out, name="practice-sign-out"),
    path("trainer", entrance.trainer, name="practice-trainer"),
    path("forms/<str:code>", form.form, name="practice-form"),
    path("dossiers/", dossiers.mine, name="practice-dossiers"),
    path("dossiers/<uuid:pk>/", dossiers.one, name="practice-dossier"),
    path("dossiers/<uuid:pk>/fee", dossiers.fee, name="practice-fee"),
    path("dossiers/<uuid:pk>/papers", dossiers.papers, name="practice-papers"),
    path("dossiers/<uuid:pk>/review", dossiers.review, name="practice-review"),
    path("dossiers/<uuid:pk>/<str:act>", dossiers.act, name="practice-act"),
    path("lessons/", lessons.lessons, name="practice-lessons"),
    path("lessons/<str:code>", lessons.lesson, name="practice-lesson"),
]
