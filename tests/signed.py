"""Sign a member in as if they had typed their password a moment ago."""

from __future__ import annotations

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.test import Client

from donghanh.kernel import clock
from donghanh.teams.models import Member


def sign_in(client: Client, member: Member, *, seconds_ago: float = 0) -> Client:
    """The client, signed in, its last check `seconds_ago`."""
    client.force_login(member)
    session = client.session
    moment = clock.now().timestamp() - seconds_ago
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": moment}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(member.pk)
    session.save()
    return client
