"""Sign-in forms in our own words; what they check is allauth's."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

PIN_WIDGET = forms.PasswordInput(
    attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 6, "pattern": "[0-9]{6}"}
)


class Worded:
    """Gives the fields our labels and hints, and takes placeholders away: they vanish while typing."""

    labels: ClassVar[dict[str, tuple[Any, Any]]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint) in self.labels.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.widget.attrs.pop("placeholder", None)


class LoginForm(Worded, account.LoginForm):  # type: ignore[misc]
    """Name and password."""

    labels = {"login": (_("Sign-in name"), ""), "password": (_("Password"), "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs.update(autocapitalize="none", spellcheck="false", autofocus=True)


class ChangePasswordForm(Worded, account.ChangePasswordForm):  # type: ignore[misc]
    """The password of today and the new one twice."""

    labels = {
        "oldpassword": (_("Your password of today"), _("At the first sign-in: the one-time password you were given.")),
        "password1": (
            _("New password"), _("At least 10 characters. Three or four words that only you put together are good."),
        ),
        "password2": (_("The new password again"), ""),
    }  # fmt: skip


class ReauthenticateForm(Worded, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""

    labels = {"password": (_("Password"), "")}


class ActivateTOTPForm(Worded, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of the app."""

    labels = {"code": (_("Code of six digits from the app"), "")}


class AuthenticateForm(Worded, mfa.AuthenticateForm):  # type: ignore[misc]
    """A code of the app, or a recovery code."""

    labels = {"code": (_("Code"), _("Six digits from the app, or one of your recovery codes."))}


class CodeAgainForm(Worded, mfa.ReauthenticateForm):  # type: ignore[misc]
    """A code once more."""

    labels = {"code": (_("Code"), _("Six digits from the app, or one of your recovery codes."))}


class AddPasskeyForm(Worded, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A name for the passkey."""

    labels = {"name": (_("Name of the passkey"), _("So that you know which device holds it: “my phone”."))}


class RenamePasskeyForm(Worded, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    labels = {"name": (_("Name of the passkey"), "")}


class SwitchForm(forms.Form):
    """A badge, read by a scanner, and the PIN of who holds it."""

    badge = forms.CharField(
        label=_("Badge"), help_text=_("Hold the code of the badge before the scanner."), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
    pin = forms.CharField(label=_("PIN"), help_text=_("Six digits."), max_length=6, widget=PIN_WIDGET)


class PinForm(forms.Form):
    """A PIN of one's own, typed twice."""

    pin = forms.CharField(
        label=_("New PIN"), help_text=_("Six digits, not in a row. Tell nobody, not even your coordinator."),
        max_length=6, widget=PIN_WIDGET,
    )  # fmt: skip
    again = forms.CharField(label=_("The PIN again"), max_length=6, widget=PIN_WIDGET)

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        typed = super().clean() or {}
        if typed.get("pin") and typed.get("again") and typed["pin"] != typed["again"]:
            self.add_error(
                "again", forms.ValidationError(_("The two PINs are not the same. Type them again."))
            )
        return typed


class PinAgainForm(forms.Form):
    """The PIN once more."""

    pin = forms.CharField(label=_("PIN"), help_text=_("Six digits."), max_length=6, widget=PIN_WIDGET)


class EnrolForm(forms.Form):
    """The one-time code of a device."""

    code = forms.CharField(
        label=_("One-time code"), help_text=_("Eight letters and digits from the office. It holds for 15 minutes."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
