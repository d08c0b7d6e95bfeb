"""The channels this house can tell people by."""

from __future__ import annotations

from django.conf import settings


def channels() -> tuple[str, ...]:
    """The kinds of contact whose channel is set up, phones first."""
    ready = {
        "sms": bool(settings.SMS_API_KEY),
        "zalo": bool(settings.ZALO_TEMPLATE),
        "email": bool(settings.EMAIL_HOST),
        "webhook": bool(settings.WEBHOOK_SECRET),
        # Browsers subscribe on https only, and on the machine itself.
        "web_push": settings.PUBLIC_URL.startswith("https:") or settings.DEMO,
    }
    return tuple(kind for kind, is_ready in ready.items() if is_ready)
