"""Keep one invented person with an encrypted number: `python -m tests.protect_someone`."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.settings")
django.setup()

from django.conf import settings  # noqa: E402

from donghanh.kernel.crypto import new_keyring, save_keyring  # noqa: E402
from tests import make  # noqa: E402

if __name__ == "__main__":
    ring = new_keyring()
    save_keyring(settings.DATA / "keys.json", ring)
    make.person(id_number=ring.encrypt("092199000123", column="person.id_number"))
