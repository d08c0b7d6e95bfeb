"""Take every device and token out of use: `python -m tests.revoke_devices`."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "donghanh.settings")
django.setup()

from donghanh.kernel.journal import House  # noqa: E402
from donghanh.teams.actions.devices import revoke_device  # noqa: E402
from donghanh.teams.models import Device  # noqa: E402

if __name__ == "__main__":
    for device in Device.objects.select_related("point"):
        revoke_device(device, by=House())
