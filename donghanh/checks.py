"""System checks that name the wrong setting and say what to do."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

SECOND_FACTOR_WORDS = ("required", "optional")
LOCAL = frozenset({"127.0.0.1", "localhost", "::1", ""})


@register
def second_factor(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Optional second factors are for the demo alone."""
    word = settings.SECOND_FACTOR
    if word not in SECOND_FACTOR_WORDS:
        return [
            Error(
                f"DONGHANH_SECOND_FACTOR is “{word}”.", id="donghanh.E001",
                hint=f"Set it to one of: {', '.join(SECOND_FACTOR_WORDS)}.",
            )
        ]  # fmt: skip
    if word == "optional" and not settings.DEMO:
        return [
            Error(
                "DONGHANH_SECOND_FACTOR=optional is only for the demo: coordinators and above would need a password alone.",
                hint="Remove the setting, or set DONGHANH_DEMO=1 on a machine without real people's data.",
                id="donghanh.E002",
            )
        ]
    return []


@register
def folder_of_everything(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """The folder of database, keys and media can be written, and its keys are nobody else's."""
    folder = settings.DATA
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        return [
            Error(
                f"The data folder {folder} cannot be written.", id="donghanh.E003",
                hint="Create it for the user that runs Đồng Hành, or set DONGHANH_DATA to a folder of theirs.",
            )
        ]  # fmt: skip
    return [
        Warning(
            f"{path.name} can be read by other users of this machine.", id="donghanh.W001",
            hint=f"chmod 600 {path}",
        )
        for path in (folder / "keys.json", folder / "secret.key")
        if path.exists() and path.stat().st_mode & 0o077
    ]  # fmt: skip


@register
def in_the_open(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """What must not stand open to the network."""
    address = urlsplit(settings.PUBLIC_URL or f"http://{settings.HOST}:{settings.PORT}")
    found: list[CheckMessage] = []
    if settings.DEBUG and address.scheme == "https":
        found.append(
            Error(
                "DONGHANH_DEBUG is on while DONGHANH_PUBLIC_URL is a public https address.", id="donghanh.E004",
                hint="Error pages would show personal data. Remove DONGHANH_DEBUG.",
            )
        )  # fmt: skip
    if address.scheme not in {"http", "https"} or not address.hostname:
        found.append(
            Error(
                f"DONGHANH_PUBLIC_URL is “{settings.PUBLIC_URL}”.", id="donghanh.E005",
                hint="Write the address people type, such as https://tthcc.omon.example or http://192.168.1.10:8000.",
            )
        )  # fmt: skip
    if address.scheme == "http" and address.hostname not in LOCAL and not settings.DEMO:
        found.append(
            Warning(
                "DONGHANH_PUBLIC_URL has no https: passwords cross the network in the clear, and passkeys do not work.",
                hint="Put a proxy with a certificate before it, and set DONGHANH_BEHIND_PROXY=1.",
                id="donghanh.W002",
            )
        )
    return found


@register
def packs_folder(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """The folder of packs is there."""
    if settings.PACKS.is_dir():
        return []
    return [
        Warning(
            f"There is no folder of packs at {settings.PACKS}.", id="donghanh.W003",
            hint="Set DONGHANH_PACKS to the folder that holds one folder a procedure.",
        )
    ]  # fmt: skip
