"""Static files go compressed to who takes them, and whole to who does not."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from donghanh.web.compressed import compressed

STATIC = Path(settings.STATICFILES_DIRS[0])


def body(response: object) -> bytes:
    """What came, however it was sent."""
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["css/base.css", "vendor/htmx/htmx.min.js", "icons.svg"])
def test_a_text_file_is_compressed_for_who_takes_it(client: Client, name: str):
    whole = (STATIC / name).read_bytes()
    plain = client.get(f"/static/{name}", headers={"accept-encoding": "identity"})
    assert (plain.get("Content-Encoding"), body(plain)) == (None, whole)
    small = client.get(f"/static/{name}", headers={"accept-encoding": "gzip, br"})
    assert small["Content-Encoding"] == "gzip"
    assert small["Vary"] == "Accept-Encoding"
    assert small["Content-Type"] == plain["Content-Type"]
    raw = body(small)
    assert gzip.decompress(raw) == whole
    assert int(small["Content-Length"]) == len(raw) < len(whole) / 2


def test_a_font_stays_as_it_is(client: Client):
    font = "vendor/be-vietnam-pro/be-vietnam-pro-latin-400-normal.woff2"
    got = client.get(f"/static/{font}", headers={"accept-encoding": "gzip"})
    assert (got.get("Content-Encoding"), body(got)) == (None, (STATIC / font).read_bytes())


def test_a_file_that_changes_gets_another_copy(tmp_path: Path):
    file = tmp_path / "a.css"
    file.write_text("a" * 2000)
    first = compressed(file)
    assert compressed(file) == first
    file.write_text("b" * 2001)
    second = compressed(file)
    assert first is not None
    assert second is not None
    assert gzip.decompress(second.read_bytes()) == b"b" * 2001
    assert gzip.decompress(first.read_bytes()) == b"a" * 2000
    file.write_text("short")
    assert compressed(file) is None
