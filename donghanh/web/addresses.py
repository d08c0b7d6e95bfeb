"""Full addresses of pages, for codes to scan and for scripts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def address_of(request: HttpRequest, name: str, *args: Any) -> str:
    """The address of a page: at DONGHANH_PUBLIC_URL where it is set, else at the host and port that were asked."""
    path = reverse(name, args=args)
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)
