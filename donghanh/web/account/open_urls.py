"""Addresses outside /account/: devices by their code, and whether a badge is real."""

from django.urls import path

from donghanh.web.account import doors

urlpatterns = [
    path("enrol/", doors.enrol_device, name="enrol"),
    path("verify/<int:number>/", doors.verify, name="verify"),
]
