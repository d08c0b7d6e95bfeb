"""Identity numbers: closed so that nothing opens but the right key at the right column."""

from __future__ import annotations

import stat

import pytest

from donghanh.kernel.crypto import CipherBroken, KeyMissing, load_keyring, new_keyring, save_keyring

pytestmark = pytest.mark.pure

NUMBER, COLUMN = "092199000123", "person.id_number"


def test_what_was_closed_opens_again_and_never_looks_the_same_twice():
    ring = new_keyring()
    first, second = ring.encrypt(NUMBER, column=COLUMN), ring.encrypt(NUMBER, column=COLUMN)
    assert first != second
    assert NUMBER not in first
    assert first.startswith("k1.")
    assert [ring.decrypt(one, column=COLUMN) for one in (first, second)] == [NUMBER, NUMBER]


def test_one_changed_letter_does_not_open():
    ring = new_keyring()
    closed = ring.encrypt(NUMBER, column=COLUMN)
    for place in range(3, len(closed), 7):
        changed = closed[:place] + ("A" if closed[place] != "A" else "B") + closed[place + 1 :]
        with pytest.raises(CipherBroken):
            ring.decrypt(changed, column=COLUMN)


@pytest.mark.parametrize("value", ["k1.", "k1.AAAA", "k1.not base64 at all!", "k1." + "A" * 64])
def test_a_value_cut_short_or_made_up_does_not_open(value):
    with pytest.raises(CipherBroken):
        new_keyring().decrypt(value, column=COLUMN)


def test_a_value_moved_to_another_column_does_not_open():
    ring = new_keyring()
    with pytest.raises(CipherBroken):
        ring.decrypt(ring.encrypt(NUMBER, column=COLUMN), column="person.phone")


def test_another_houses_key_does_not_open():
    with pytest.raises(CipherBroken):
        new_keyring().decrypt(new_keyring().encrypt(NUMBER, column=COLUMN), column=COLUMN)


def test_a_rotated_ring_closes_with_the_new_key_and_opens_the_old():
    old = new_keyring()
    closed = old.encrypt(NUMBER, column=COLUMN)
    ring = old.rotated()
    assert ring.decrypt(closed, column=COLUMN) == NUMBER
    fresh = ring.encrypt(NUMBER, column=COLUMN)
    assert fresh.startswith("k2.")
    with pytest.raises(KeyMissing) as refused:
        old.decrypt(fresh, column=COLUMN)
    assert refused.value.facts == {"key": "k2", "file": "keys.json"}


def test_a_key_id_put_on_another_keys_value_does_not_open():
    ring = new_keyring().rotated()
    closed = ring.encrypt(NUMBER, column=COLUMN)
    with pytest.raises(CipherBroken):
        ring.decrypt(closed.replace("k2.", "k1.", 1), column=COLUMN)


def test_the_blind_index_finds_equal_numbers_of_one_column_only():
    ring, other = new_keyring(), new_keyring()
    index = ring.blind_index(NUMBER, column=COLUMN)
    assert (
        index == ring.blind_index(NUMBER, column=COLUMN) == ring.rotated().blind_index(NUMBER, column=COLUMN)
    )
    assert len({index, ring.blind_index(NUMBER, column="other"), ring.blind_index(NUMBER + "1", column=COLUMN),
                other.blind_index(NUMBER, column=COLUMN)}) == 4  # fmt: skip


def test_a_ring_is_kept_whole_and_for_its_owner_alone(tmp_path):
    ring = new_keyring().rotated()
    path = tmp_path / "house" / "keys.json"
    save_keyring(path, ring)
    assert load_keyring(path) == ring
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["keys.json"]


@pytest.mark.parametrize(
    "content", [None, "", "{}", "not json", '{"keys": 3}', '{"keys": {"k1": "!"}, "current": "k1"}']
)
def test_a_missing_or_spoilt_key_file_is_said_so(tmp_path, content):
    path = tmp_path / "keys.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(KeyMissing, match=r"keys\.json"):
        load_keyring(path)


def test_the_fingerprint_names_a_set_of_keys_and_tells_none():
    ring = new_keyring()
    assert ring.fingerprint() == ring.fingerprint() != new_keyring().fingerprint()
    assert ring.fingerprint() != ring.rotated().fingerprint()
    assert len(ring.fingerprint()) == 16
