"""Decisions on cases: which outcome needs what, and never what must never be kept."""

from __future__ import annotations

from donghanh.catalog.rules.writing import looks_secret
from donghanh.kernel.errors import Refusal


class UnknownStep(Refusal):
    """The edition has no such step."""

    message = "This edition has no step “{step}”."
    status = 422


class UnknownPaper(Refusal):
    """The edition has no such paper."""

    message = "This edition has no paper “{paper}”."
    status = 422


class CaseFinished(Refusal):
    """The case has its outcome already."""

    message = "This case is finished already ({outcome}). Undo the finish first."


class NotForVolunteers(Refusal):
    """Acting with an officer's account, on behalf of a person, is an officer's act with ground and consent."""

    message = "Only an officer may act on behalf of a person, with a ground and the person's consent."
    status = 403


class NeverKept(Refusal):
    """Passwords and one-time codes are typed by the person and never written down."""

    message = "This looks like a password or a one-time code. It is never written down: please take it out."
    status = 422


def tells_secret(text: str) -> bool:
    """Whether a remark, over all its lines, seems to hold a password or a one-time code."""
    return looks_secret(" ".join(text.split()))


def refuse_secrets(text: str) -> str:
    """The text again, unless it seems to hold a password or one-time code. Refuses with NeverKept."""
    if tells_secret(text):
        raise NeverKept()
    return text


def check_account(*, account: str, ground: str, consent: bool, may_act_on_behalf: bool) -> None:
    """An officer's account needs an officer, a ground and a consent. Refuses with NotForVolunteers."""
    if account == "officers_on_behalf" and not (may_act_on_behalf and ground.strip() and consent):
        raise NotForVolunteers()
