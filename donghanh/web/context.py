"""What every template may know."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shared(request: HttpRequest) -> dict[str, Any]:
    """The demo mark and the product's name."""
    return {"demo": settings.DEMO, "product": "Đồng Hành"}
