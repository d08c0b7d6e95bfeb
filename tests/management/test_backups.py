"""A backup is whole or refused, and a restore changes everything or nothing."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest
from django.db import connection

from donghanh.management.backups import (
    FromLaterRelease,
    KeysMissing,
    NotABackup,
    OtherDatabase,
    WouldOverwrite,
    read_manifest,
    unpack,
)
from donghanh.management.restoring import restore
from tests import make


@pytest.fixture
def folder(tmp_path, settings):
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    return tmp_path


@pytest.mark.pure
def test_a_file_that_is_no_backup_is_refused_by_name(tmp_path):
    for content in (b"", b"not a tar", b"\0" * 10240):
        file = tmp_path / "old.tar"
        file.write_bytes(content)
        with pytest.raises(NotABackup) as refused:
            read_manifest(file)
        assert str(refused.value).startswith("old.tar is not a whole backup: ")
        assert str(refused.value).endswith("Nothing was changed.")


@pytest.mark.pure
def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(NotABackup):
        read_manifest(tmp_path / "nowhere.tar")


def hand_made(file: Path, members: dict[str, bytes], listed: dict[str, str], **said: object) -> Path:
    """A backup as an attacker would make it."""
    manifest = {
        "vendor": connection.vendor, "version": "0.1.0", "taken_at": "", "migrations": [], "heads": {},
        "key_fingerprint": "", "protected_numbers": 0, "with_keys": False, "format": 1, "members": listed, **said,
    }  # fmt: skip
    with tarfile.open(file, "w") as tar:
        for name, body in {"manifest.json": json.dumps(manifest).encode(), **members}.items():
            path = file.parent / "member"
            path.write_bytes(body)
            tar.add(path, arcname=name)
    return file


@pytest.mark.pure
def test_a_changed_or_added_member_is_refused(tmp_path):
    changed = hand_made(tmp_path / "a.tar", {"database.sqlite3": b"x"}, {"database.sqlite3": "0" * 64})
    with pytest.raises(NotABackup, match=r"database\.sqlite3 was changed"):
        read_manifest(changed)
    added = hand_made(tmp_path / "b.tar", {"more": b"x"}, {})
    with pytest.raises(NotABackup, match="members are missing or were added"):
        read_manifest(added)


@pytest.mark.pure
def test_a_member_cannot_lead_out_of_the_folder(tmp_path):
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    file = hand_made(tmp_path / "c.tar", {"../outside": b"x"}, {"../outside": digest})
    with pytest.raises(NotABackup, match="leads out of the folder"):
        unpack(file, read_manifest(file), tmp_path / "into")
    assert not (tmp_path / "outside").exists()


def test_a_restore_refuses_to_overwrite(folder):
    make.ticket()
    with pytest.raises(WouldOverwrite):
        restore(hand_made(folder / "a.tar", {}, {}), replace=False)


def test_a_restore_refuses_another_database_and_a_later_release(folder):
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    with pytest.raises(OtherDatabase):
        restore(hand_made(folder / "a.tar", {}, {}, vendor=other), replace=True)
    with pytest.raises(FromLaterRelease):
        restore(hand_made(folder / "b.tar", {}, {}, migrations=["donghanh.9999_later"]), replace=True)


def test_protected_numbers_without_their_keys_are_refused(folder):
    file = hand_made(folder / "a.tar", {}, {}, protected_numbers=3, key_fingerprint="00ff")
    with pytest.raises(KeysMissing) as refused:
        restore(file, replace=True)
    assert (
        "3 protected identity numbers and second factors, and its keys (00ff) are neither in it nor in data/"
        in str(refused.value)
    )
