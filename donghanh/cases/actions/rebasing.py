"""A case stays on its edition; on request it moves to another one, and one step back. No answer is lost."""

from __future__ import annotations

from typing import Any

from donghanh.cases.actions.helping import refuse_finished, write
from donghanh.cases.models import Case, Rebase
from donghanh.cases.queries.answers import answers_of
from donghanh.cases.rules import refuse_secrets
from donghanh.catalog.models import Edition
from donghanh.catalog.queries import edition_mark
from donghanh.kernel import clock
from donghanh.kernel.errors import NotFound, Refusal
from donghanh.kernel.journal import action
from donghanh.kernel.text import nfc
from donghanh.teams.models import Member
from donghanh.teams.rules import require


class SameEdition(Refusal):
    """The case stands on that edition already."""

    message = "The case is on this edition already."


@action
def rebase(case: Case, to: Edition, *, by: Member, why: str = "") -> Rebase:
    """Move a case to another edition of its procedure. The answers stay as they are and are read against it:
    those that no longer fit are unanswered with the old value shown.

    Refuses with CaseFinished, NotFound (an edition of another procedure), SameEdition, NeverKept.
    """
    require(by.role, "help_case")
    said = refuse_secrets(nfc(why))[:200]
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    refuse_finished(locked)
    if to.procedure_id != locked.procedure_id:
        raise NotFound()
    if to.pk == locked.edition_id:
        raise SameEdition()
    made = Rebase.objects.create(
        case=locked, from_edition_id=locked.edition_id, to_edition=to, why=said, by=by, at=clock.now()
    )
    _move(case, to.pk)
    after = answers_of(case)
    facts = {"kept": len(after.now), "again": sorted(after.old), "aside": sorted(after.aside)}
    _written(case, "case.rebase", made.from_edition_id, to.pk, by, facts)
    return made


@action
def undo_rebase(case: Case, *, by: Member) -> Rebase:
    """Back to the edition before, one step. Refuses with CaseFinished, NotFound when there is nothing to undo."""
    require(by.role, "help_case")
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    refuse_finished(locked)
    last = Rebase.objects.filter(case=locked).order_by("-at", "-pk").first()
    if last is None or last.undone_at is not None:
        raise NotFound()
    last.undone_at = clock.now()
    if not Rebase.objects.filter(pk=last.pk, undone_at__isnull=True).update(undone_at=last.undone_at):
        raise NotFound()
    _move(case, last.from_edition_id)
    _written(case, "case.unrebase", last.to_edition_id, last.from_edition_id, by, {})
    return last


def _move(case: Case, edition: Any) -> None:
    Case.objects.filter(pk=case.pk).update(edition_id=edition)
    case.edition_id = edition


def _written(case: Case, verb: str, old: Any, new: Any, by: Member, facts: dict[str, Any]) -> None:
    told = {"from": edition_mark(old)[1], "to": edition_mark(new)[1], **facts}
    write(case, verb, by, told)
