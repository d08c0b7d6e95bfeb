"""Whether a sign-in is whole and still holds: asked by the pages, the API and the live stream alike."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from donghanh.kernel import clock
from donghanh.teams.models import Member
from donghanh.teams.rules import NEEDS_SECOND_FACTOR

# Where the session keeps when it ends.
ENDS_AT = "ends_at"


def is_over(request: HttpRequest) -> bool:
    """Whether the half day has ended."""
    ends_at = str(request.session.get(ENDS_AT, ""))
    return bool(ends_at) and clock.now() >= datetime.fromisoformat(ends_at)


def lacks_second_factor(member: Member) -> bool:
    """Whether the role asks for a second factor that is not set up yet."""
    if settings.SECOND_FACTOR == "optional" or member.role not in NEEDS_SECOND_FACTOR:
        return False
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return not Authenticator.objects.filter(user=member, type__in=kinds).exists()
