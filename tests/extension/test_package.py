"""What is shipped as the extension: whole, alike for both browsers, in three languages, asking for little."""

from __future__ import annotations

import json
import re
import zipfile
from typing import Any

import pytest

from tests.pack_extension import EXTENSION, MANIFESTS, pack

pytestmark = pytest.mark.pure
LANGUAGES = ("vi", "en", "fr")


def manifest(browser: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((EXTENSION / MANIFESTS[browser]).read_text())
    return read


def words(language: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((EXTENSION / "_locales" / language / "messages.json").read_text())
    return read


def sources() -> str:
    return (
        "\n".join(file.read_text() for file in EXTENSION.rglob("*") if file.suffix in {".js", ".html"})
        + (EXTENSION / "manifest.json").read_text()
    )


def test_the_two_browsers_get_the_same_but_for_the_workers_name():
    chromium, firefox = manifest("chromium"), manifest("firefox")
    assert chromium.pop("background") == {"service_worker": "worker.js", "type": "module"}
    assert firefox.pop("background") == {"scripts": ["worker.js"], "type": "module"}
    del chromium["minimum_chrome_version"], firefox["browser_specific_settings"]
    assert chromium == firefox


def test_it_asks_for_no_more_than_it_needs():
    asked = manifest("chromium")
    assert asked["manifest_version"] == 3
    assert asked["permissions"] == ["storage", "scripting", "activeTab", "alarms"]
    assert asked["host_permissions"] == ["http://localhost/*", "http://127.0.0.1/*"]
    assert "externally_connectable" not in asked
    assert "web_accessible_resources" not in asked


@pytest.mark.parametrize("browser", MANIFESTS)
def test_a_package_holds_every_file_that_is_named(browser, tmp_path):
    package = pack(browser, tmp_path)
    assert package.read_bytes() == pack(browser, tmp_path / "again").read_bytes()
    with zipfile.ZipFile(package) as zipped:
        held = {name: zipped.read(name).decode(errors="ignore") for name in zipped.namelist()}
    assert json.loads(held["manifest.json"]) == manifest(browser)
    named = set(re.findall(r'"([\w/.-]+\.(?:js|html|png|css))"', "\n".join(held.values())))
    named |= {name.removeprefix("./") for name in re.findall(r'from "([^"]+)"', "\n".join(held.values()))}
    assert sorted(name.removeprefix("./") for name in named if name.removeprefix("./") not in held) == []
    assert not any(name.endswith(".md") or name.startswith("manifest.f") for name in held)


def test_every_word_is_there_in_three_languages_and_used():
    keys = set(words("vi"))
    for language in LANGUAGES:
        said = words(language)
        assert set(said) == keys
        assert all(entry["message"].strip() for entry in said.values())
        assert all(
            {name.lower() for name in re.findall(r"\$(\w+)\$", entry["message"])}
            == set(entry.get("placeholders", {}))
            for entry in said.values()
        )
    code = sources()
    used = set(re.findall(r'say\(\s*"(\w+)"', code)) | set(re.findall(r'data-word="(\w+)"', code))
    used |= set(re.findall(r"__MSG_(\w+)__", code))
    used |= {f"fault_{fault}" for fault in re.findall(r'code: "(\w+)"', code)}
    used |= {f"fault_{fault}" for fault in re.findall(r'\? "(\w+)"', code) if f"fault_{fault}" in keys}
    of_the_bridge = {"fault_no_press", "fault_not_running", "fault_no_plan"}
    assert used - of_the_bridge == keys


def test_nothing_is_fetched_evaluated_or_kept_on_the_disk():
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", sources(), flags=re.DOTALL)
    for word in ("XMLHttpRequest", "WebSocket", "sendBeacon", "eval(", "new Function", "innerHTML", "storage.local",
                 "storage.sync", ".submit(", "requestSubmit"):  # fmt: skip
        assert word not in code, word
    assert re.findall(r"fetch\(([^)]*\))", code) == ["api.runtime.getURL(`_locales/${chosen}/messages.json`)"]
