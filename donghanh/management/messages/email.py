"""E-mail by SMTP, through Django's mail backend (RFC 5321), by the server that the settings name."""

from __future__ import annotations

from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from donghanh.kernel.outbox import Hopeless
from donghanh.management.messages.wire import NotReached
from donghanh.management.messages.words import Message


class Refused(Hopeless):
    """The mail server will never take this message."""


def send(address: str, message: Message) -> None:
    """One plain mail. Raises NotReached to be tried again, Refused for ever."""
    mail = EmailMessage(
        subject=message.subject,
        body=f"{message.text}\n\n{message.place}\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address],
        # The same message sent twice bears the same id: most mailboxes show it once.
        headers={
            "Message-ID": f"<{message.key.replace('/', '.')}@{_domain()}>",
            "Auto-Submitted": "auto-generated",
        },
        connection=get_connection(),
    )
    try:
        mail.send()
    except SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        raise (Refused if all(code >= 500 for code in codes) else NotReached) from None
    except SMTPResponseException as refused:
        raise (Refused if refused.smtp_code >= 500 else NotReached) from None
    except (SMTPException, OSError):
        raise NotReached from None


def _domain() -> str:
    return str(settings.DEFAULT_FROM_EMAIL).rpartition("@")[2].strip("> ") or "localhost"
