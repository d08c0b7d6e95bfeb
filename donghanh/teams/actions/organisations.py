"""The bodies whose people help in a ward."""

from __future__ import annotations

from donghanh.kernel import journal
from donghanh.kernel.errors import Invalid, Refusal
from donghanh.kernel.journal import Actor, action
from donghanh.kernel.text import nfc
from donghanh.places.models import Ward
from donghanh.teams.models import Organisation


class OrganisationTaken(Refusal):
    """The ward has an organisation of this name. Fact: name."""

    message = "There is an organisation called “{name}” already."


@action
def save_organisation(
    ward: Ward, *, kind: str, name: str, contact: str, by: Actor, is_active: bool = True,
    organisation: Organisation | None = None,
) -> Organisation:  # fmt: skip
    """Add an organisation, or change the one given. Refuses with OrganisationTaken, Invalid."""
    if kind not in Organisation.KINDS:
        raise Invalid(field="kind", problem=kind)
    tidy = nfc(name)[:120]
    fresh = organisation or Organisation(ward=ward)
    if Organisation.objects.filter(ward=ward, name=tidy).exclude(pk=fresh.pk).exists():
        raise OrganisationTaken(name=tidy)
    fresh.kind, fresh.name, fresh.contact, fresh.is_active = kind, tidy, nfc(contact)[:120], is_active
    fresh.save(force_insert=organisation is None)
    journal.write(
        "organisation.edit" if organisation else "organisation.add", ward=ward.pk, by=by,
        subject="organisation", subject_id=fresh.pk, facts={"kind": kind, "active": is_active},
    )  # fmt: skip
    return fresh
