"""Where a page takes up the live stream: read before the page's own state, so that nothing falls between."""

from __future__ import annotations

from donghanh.kernel.models import JournalHead


def last_seq(ward_code: str) -> int:
    """The newest link of a ward's journal; 0 when nothing has happened yet."""
    return JournalHead.objects.filter(ward=ward_code).values_list("seq", flat=True).first() or 0
