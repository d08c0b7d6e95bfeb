"""Codes to scan, as SVG that stands in the page: no style attribute, no request to anywhere."""

from __future__ import annotations

import io

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str) -> SafeString:
    """The code of a text. The frame around it (quiet zone) is the style sheet's `.qr`."""
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, scale=8, border=2, omitsize=True
    )
    return mark_safe(drawn.getvalue().decode())  # noqa: S308  segno draws; the text is not in it
