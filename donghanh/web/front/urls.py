"""The front door: home by role, the language switch, the state of health."""

from django.urls import path

from donghanh.web.front import views

urlpatterns = [
    path("", views.home, name="home"),
    path("language", views.language, name="language"),
    path("push-sw.js", views.push_worker, name="push-worker"),
    path("health", views.health, name="health"),
]
