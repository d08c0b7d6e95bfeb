"""The official layout of a form: the file of the pack that the edition names by hash."""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings

from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.guidance import Form


def layout_file(content: EditionContent, form: Form) -> bytes | None:
    """The bytes of a form's layout; None when it has none, or the file is not the one the edition was made with."""
    wanted = (content.media or {}).get(form.background or "")
    path = settings.PACKS / content.id / "forms" / str(form.background)
    if wanted is None or not path.is_file():
        return None
    body: bytes = path.read_bytes()
    return body if sha256(body).hexdigest() == wanted else None
