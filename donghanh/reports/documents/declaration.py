"""A declaration form as PDF, filled from the answers of a case and signed by hand."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from donghanh.catalog.rules.guidance import Form
from donghanh.kernel.errors import NotFound
from donghanh.reports.documents.typesetting import set_page
from donghanh.reports.rules.declaration import Filling, filled

# On the paper itself, so in the paper's language: nobody may take it for something an authority gave out.
FOOT = "Điền bằng Đồng Hành, bản in từ câu trả lời của người khai. {name}, bản {edition}."


class NoSuchForm(NotFound):
    """The edition has no declaration form of this name."""

    message = "This edition has no form “{form}”."


def form_of(filling: Filling, form_id: str) -> Form:
    """The form of the edition. Raises NoSuchForm."""
    for form in filling.content.forms:
        if form.id == form_id:
            return form
    raise NoSuchForm(form=form_id)


def declaration_pdf(form: Form, filling: Filling, edition: str) -> bytes:
    """The form in our own layout after the official one: PDF/A-2a and PDF/UA-1. `edition` is its number and hash."""
    return set_page("declaration.typ", declaration_facts(form, filling, edition))


def declaration_facts(form: Form, filling: Filling, edition: str) -> dict[str, Any]:
    """What the template is given."""
    return {
        "title": form.heading,
        "law": form.law,
        "foot": FOOT.format(name=filling.content.id, edition=edition),
        "parts": [asdict(part) for part in filled(form, filling)],
    }
