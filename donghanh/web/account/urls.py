"""Addresses of signing in. Of allauth's only what a ward needs: no sign-up, no mail, no reset by mail."""

from allauth.account import views as sign_in
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from donghanh.web.access import for_everyone
from donghanh.web.account import own, switching

# allauth asks strangers to sign in, and for a fresh check where it matters, by itself.
urlpatterns = [
    path("", own.account, name="account"),
    path("login/", for_everyone(sign_in.login), name="account_login"),
    path("logout/", for_everyone(sign_in.logout), name="account_logout"),
    path("reauthenticate/", own.for_own_account(sign_in.reauthenticate), name="account_reauthenticate"),
    path("password/change/", own.for_own_account(sign_in.password_change), name="account_change_password"),
    path("pin/", own.pin, name="account_pin"),
    path("pin/again/", own.pin_again, name="account_pin_again"),
    path("switch/", switching.switch, name="account_switch"),
    path("2fa/", own.for_own_account(mfa.index), name="mfa_index"),
    path("2fa/authenticate/", for_everyone(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", own.for_own_account(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/app/", own.for_own_account(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/app/remove/", own.for_own_account(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/codes/", own.for_own_account(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/codes/new/",
        own.for_own_account(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("2fa/passkeys/", own.for_own_account(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("2fa/passkeys/add/", own.for_own_account(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "2fa/passkeys/reauthenticate/",
        own.for_own_account(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "2fa/passkeys/<int:pk>/remove/",
        own.for_own_account(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "2fa/passkeys/<int:pk>/edit/", own.for_own_account(passkeys.edit_webauthn), name="mfa_edit_webauthn"
    ),
]
