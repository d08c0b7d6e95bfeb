"""From a phone to a desk: a short code, sealed answers, and a server that can open nothing."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

pytestmark = pytest.mark.browser

CODE = re.compile(r"(?:[ABCDEFGHJKLMNPRSTVWXY]{2}[2-9]){4}")
CONTENT = {
    "format": 1,
    "procedure": "1.000894",
    "edition": "a" * 64,
    "answers": {"name": {"state": "given", "value": "H'Hen Niê"}},
    "ticks": ["papers"],
}


def run(guide: Any, script: str, argument: Any = None) -> Any:
    """A script that may use everything of handover.js as `h`."""
    one = guide('view="citizen" store="none"')
    return one.page.evaluate(
        f"async (argument) => {{ const h = await import('/static/js/guide/handover.js'); {script} }}",
        argument,
    )


def test_a_code_is_twelve_characters_nobody_mistakes_and_every_third_is_a_digit(guide):
    codes = run(guide, "return Array.from({length: 300}, () => h.newCode())")
    assert [code for code in codes if not CODE.fullmatch(code)] == []
    assert len(set(codes)) == 300


def test_a_code_is_read_as_people_and_scanners_write_it(guide):
    typed = [
        "ph8dr3vj3hy3",
        "PH8D-R3VJ-3HY3",
        " ph8d r3vj 3hy3 ",
        "DH:PH8D-R3VJ-3HY3",
        "PH8D-R3VJ",
        "PO8D-R3VJ-3HY3",
        "",
        "PH8D-R3VJ-3HY3-PH8D",
    ]
    read = run(guide, "return argument.map(one => h.readCode(one) ?? null)", typed)
    assert read == ["PH8DR3VJ3HY3"] * 4 + [None] * 4


def test_what_is_sealed_opens_with_the_code_and_with_nothing_else(guide):
    assert run(
        guide,
        """
        const sealed = await h.seal(argument, "PH8DR3VJ3HY3");
        const {id, key} = await h.derive("PH8DR3VJ3HY3");
        const other = await h.derive("PH8DR3VJ3HY4");
        const opens = async (box, key) => { try { return await h.unseal(box, key) } catch { return "shut" } };
        const turned = {...sealed, body: (sealed.body[30] === "A" ? "B" : "A") + sealed.body.slice(1)};
        const again = await h.seal(argument, "PH8DR3VJ3HY3");
        return [id === sealed.id, await opens(sealed, key), await opens(sealed, other.key), await opens(turned, key),
                await opens({...sealed, id: other.id}, key), again.id === sealed.id, again.body === sealed.body]
        """,
        CONTENT,
    ) == [True, CONTENT, "shut", "shut", "shut", True, False]


def test_id_and_key_are_what_the_standards_say(guide):
    """PBKDF2-SHA-256 and HKDF, reckoned here by another library."""
    sealed = run(guide, "return h.seal(argument, 'PH8DR3VJ3HY3')", CONTENT)
    root = hashlib.pbkdf2_hmac("sha256", b"PH8DR3VJ3HY3", b"dong-hanh-handover-1", 250_000, 32)

    def derived(info: bytes, length: int) -> bytes:
        return HKDF(hashes.SHA256(), length, b"", info).derive(root)

    assert sealed["id"] == derived(b"id", 16).hex()
    body = base64.urlsafe_b64decode(sealed["body"] + "==")
    clear = AESGCM(derived(b"key", 32)).decrypt(body[:12], body[12:], sealed["id"].encode())
    assert json.loads(clear) == CONTENT
    assert b"Ni" not in body


def test_too_much_for_one_handover_is_refused_on_the_phone(guide):
    big = {**CONTENT, "answers": {"name": {"state": "given", "value": "x" * 50_000}}}
    assert (
        run(guide, "try { await h.seal(argument); return 'sealed' } catch (no) { return no.name }", big)
        == "RangeError"
    )
