"""Rows for the passkey test's own server: an officer who has no second factor yet."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.settings")
django.setup()

from tests import make  # noqa: E402

if __name__ == "__main__":
    ward = make.ward("31153")
    make.point(ward)
    make.member(ward, "officer", username="canbo")
