"""How allauth signs our members in: no sign-up, no mail, one answer for every wrong try."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from donghanh.kernel.keys import ring
from donghanh.teams.actions.members import change_password
from donghanh.teams.actions.second_factors import COLUMN
from donghanh.teams.models import Member
from donghanh.teams.rules import NEEDS_SECOND_FACTOR
from donghanh.web.account.shift import begin
from donghanh.web.recheck import is_fresh
from donghanh.web.throttle import address_of

SAID: dict[str, str | Promise] = {
    "account/messages/password_changed.txt": _("Your new password holds from now on."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is set up."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "New recovery codes are made; the old ones do not work any more."
    ),
}
WORDS: dict[str, str | Promise] = {
    "username_password_mismatch": _(
        "The name or the password is not right. Try again, or ask your coordinator."
    ),
    "too_many_login_attempts": _(
        "Too many tries. Please wait 5 minutes, then try again. Your coordinator can help at once."
    ),
    "incorrect_password": _("This is not your password. Try again."),
    "enter_current_password": _("This is not your password of today. Type it again."),
}
METHODS: dict[str, str | Promise] = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code from the app"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}


def may_recheck_by_pin(member: Member) -> bool:
    """A PIN is enough where no second factor is asked for."""
    return bool(member.pin) and member.role not in NEEDS_SECOND_FACTOR


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Members are made in the office, never by signing up."""

    error_messages: ClassVar[dict[str, Any]] = {**DefaultAccountAdapter.error_messages, **WORDS}

    def get_client_ip(self, request: HttpRequest) -> str:
        """What sign-ins are counted by."""
        return address_of(request)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Member | None:
        """Nobody who is not active: the same answer as for a wrong password."""
        member = super().authenticate(request, **credentials)
        return member if isinstance(member, Member) and member.is_active else None

    def login(self, request: HttpRequest, user: Member) -> None:
        """Open the session and set its end."""
        super().login(request, user)
        begin(request, user)

    def set_password(self, user: Member, password: str) -> None:
        """A member's own new password, in the journal."""
        change_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to where everyone works."""
        return reverse("home")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Signing in a moment ago counts as a check."""
        return not is_fresh(context.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Password, code, passkey; and the PIN where no second factor is asked for."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        for method in methods:
            method["description"] = METHODS[method["id"]]
        if isinstance(user, Member) and may_recheck_by_pin(user):
            methods.append(
                {"id": "pin", "description": _("Use your PIN"), "url": reverse("account_pin_again")}
            )
        return methods

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None,
        message_context: dict[str, Any] | None = None, extra_tags: str = "", message: str | None = None,
    ) -> None:  # fmt: skip
        """Only what a member needs to hear: not that they signed in."""
        words = message or SAID.get(message_template or "")
        if words:
            messages.add_message(request, level, str(words), extra_tags=extra_tags)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Members have no mail address here."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors in our words; the last one stays where the role asks for one."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This code is not right, or it was used already. Wait for the next one and type it."
        ),
        "cannot_delete_authenticator": _("Your role needs a second factor. Set up another one first."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of a role that needs one."""
        member = authenticator.user
        kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        others = Authenticator.objects.filter(user=member, type__in=kinds).exclude(pk=authenticator.pk)
        return member.role not in NEEDS_SECOND_FACTOR or others.exists()

    def encrypt(self, text: str) -> str:
        """Secrets of apps and recovery codes, closed by the installation's keyring."""
        return ring().encrypt(text, column=COLUMN)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again. Refuses with KeyMissing, CipherBroken: mend the second factor in the office."""
        return ring().decrypt(encrypted_text, column=COLUMN)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The product's name beside the address the browser checks."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Đồng Hành"}
