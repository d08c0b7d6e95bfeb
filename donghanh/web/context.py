"""What every template may know."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from donghanh.web.navigation import head_of


def shared(request: HttpRequest) -> dict[str, Any]:
    """The demo mark, the product's name, and the head of staff pages."""
    return {"demo": settings.DEMO, "product": "Đồng Hành", **head_of(request)}
