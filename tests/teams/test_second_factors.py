"""Secrets of second factors: counted with what the keys close, closed anew when the keys rotate."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import call_command

from donghanh.kernel.crypto import KeyMissing, load_keyring, save_keyring
from donghanh.kernel.keys import closed_rows, key_file, ring
from donghanh.management.doctor import findings
from donghanh.teams.actions.second_factors import closed_secrets, rotate_second_factors
from tests import make


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """A data folder of the test's own."""
    settings.DATA = tmp_path


def test_a_lost_key_file_is_not_replaced_while_only_second_factors_wait_for_it():
    TOTP.activate(make.member(role="officer"), "JBSWY3DPEHPK3PXP")
    assert closed_rows() == 1
    key_file().rename(key_file().with_suffix(".away"))
    with pytest.raises(KeyMissing):
        ring()
    assert not key_file().exists()
    assert [one.broken != "" for one in findings() if one.what == "keys"] == [True]


def test_a_passkey_alone_needs_no_keys():
    Authenticator.objects.create(
        user=make.member(), type="webauthn", data={"name": "phone", "credential": {}}
    )
    assert closed_rows() == 0


def test_second_factors_are_closed_anew_and_open_as_before(capsys):
    member = make.member(role="officer")
    TOTP.activate(member, "JBSWY3DPEHPK3PXP")
    codes = RecoveryCodes.activate(member).generate_codes()
    before = list(closed_secrets())
    call_command("rotate_keys")
    assert "0 numbers and 2 second factors closed anew under key k2" in capsys.readouterr().out
    after = list(closed_secrets())
    assert [value.partition(".")[0] for value in (*before, *after)] == ["k1", "k1", "k2", "k2"]
    alone = load_keyring(key_file())
    save_keyring(key_file(), type(alone)(alone.current, {"k2": alone.keys["k2"]}, alone.index_key))
    assert RecoveryCodes.activate(member).generate_codes() == codes
    assert rotate_second_factors(ring()) == 0
    assert [one.broken for one in findings() if one.what == "keys"] == [""]


def test_codes_taken_over_from_elsewhere_are_closed_anew_too():
    kept = ring().encrypt("11111111", column="authenticator.secret")
    Authenticator.objects.create(user=make.member(), type="recovery_codes", data={"migrated_codes": [kept]})
    fresh = ring().rotated()
    assert rotate_second_factors(fresh) == 1
    (closed,) = closed_secrets()
    assert fresh.decrypt(closed, column="authenticator.secret") == "11111111"
    assert closed.startswith("k2.")
