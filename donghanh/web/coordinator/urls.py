"""Addresses of the live view."""

from django.urls import path

from donghanh.web.coordinator import views

urlpatterns = [
    path("", views.live, name="coordinator"),
    path("now", views.part, name="coordinator-now"),
    path("point", views.choose_point, name="coordinator-point"),
    path("tickets/<uuid:pk>/undo", views.undo_move, name="coordinator-undo"),
    path("counters/<uuid:pk>/came", views.switch_off, name="coordinator-came"),
    path("tickets/<uuid:pk>/helped", views.hall_helped, name="coordinator-hall"),
    path("referrals/<uuid:pk>/back", views.referral_back, name="coordinator-back"),
    path("close", views.close, name="coordinator-close"),
]
