"""The courier of `tell_result`: opens the address at the last moment, at hours when a phone may ring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from donghanh.cases.actions.following import address_of, contact_gone
from donghanh.cases.models import Contact, Dossier
from donghanh.cases.queries.channels import channels
from donghanh.kernel import clock
from donghanh.kernel.journal import House
from donghanh.kernel.outbox import Hopeless, NotBefore
from donghanh.management.messages import email, sms, web_push, webhook, zalo
from donghanh.management.messages.words import Message, message_for

Sender = Callable[[str, Message], None]

QUIET_FROM, QUIET_TO = time(21), time(7)
# These wake people; a mail or a webhook waits by itself.
RINGING = frozenset({"sms", "zalo", "web_push"})


class NotSetUp(Hopeless):
    """The ward has no account for this channel."""


SENDERS: Mapping[str, Sender] = {
    "sms": sms.send,
    "zalo": zalo.send,
    "email": email.send,
    "webhook": webhook.send,
    "web_push": web_push.send,
}


def senders() -> Mapping[str, Sender]:
    """The channels that are set up, by kind."""
    return {kind: SENDERS[kind] for kind in channels()}


def tell_result(facts: dict[str, Any]) -> None:
    """Carry one message. A contact that was ended meanwhile gets none; nothing is sent of an erased case."""
    contact = Contact.objects.select_related("case").filter(pk=UUID(facts["contact"])).first()
    dossier = Dossier.objects.select_related("case__point").filter(pk=UUID(facts["dossier"])).first()
    if contact is None or dossier is None or contact.ended_at is not None or not contact.address:
        return
    if dossier.status != facts["status"]:
        return  # something newer is known, and has its own errand
    if contact.kind in RINGING and (morning := _until(clock.now())) is not None:
        raise NotBefore(morning)
    sender = senders().get(contact.kind)
    if sender is None:
        raise NotSetUp
    key = f"{facts['dossier']}/{facts['status']}/{facts['contact']}"
    try:
        sender(address_of(contact), message_for(contact, dossier, facts["status"], key=key))
    except web_push.Gone:
        contact_gone(contact, by=House())
        raise


def _until(now: datetime) -> datetime | None:
    """The end of the quiet hours that this moment lies in; None by day."""
    local = timezone.localtime(now)
    if QUIET_TO <= local.time() < QUIET_FROM:
        return None
    day = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    return timezone.make_aware(datetime.combine(day, QUIET_TO))
