"""Addresses of the day report."""

from django.urls import path

from donghanh.web.report.views import report_file, report_page

urlpatterns = [
    path("", report_page, name="report"),
    path("<slug:form>/", report_file, name="report_file"),
]
