"""Addresses below /api/v1."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, re_path

from donghanh.kernel.errors import NotFound
from donghanh.web.api.house import api
from donghanh.web.api.problems import problem


def nowhere(request: HttpRequest) -> HttpResponse:
    """An address the API does not know, said as every other no."""
    return problem(NotFound())


app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [*api.urls[0], re_path(r"^.*$", nowhere, name="nowhere")]
