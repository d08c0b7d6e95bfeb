"""One table: which role may do which verb."""

from __future__ import annotations

from donghanh.kernel.errors import NotAllowed

HELP = frozenset(
    {"see_queue", "issue", "call", "serve", "help_case", "find_person", "edit_person", "see_board"}
)
LEAD = HELP | frozenset(
    {"see_live", "see_report", "undo_for_others", "merge_persons", "close_day", "edit_shifts", "print_badge",
     "unlock_member", "pick_out_of_turn", "record_words"}
)  # fmt: skip
RUN = LEAD | frozenset(
    {"edit_members", "edit_places", "edit_queue", "publish_procedure", "enrol_device", "act_on_behalf",
     "erase_person", "see_journal", "see_id_number", "revoke_token"}
)  # fmt: skip

VERBS: dict[str, frozenset[str]] = {
    "kiosk": frozenset({"issue", "see_kiosk", "see_board"}),
    "board": frozenset({"see_board"}),
    "desk": frozenset(),
    "script": frozenset(),
    "volunteer": HELP,
    "coordinator": LEAD | frozenset({"edit_members", "enrol_device", "edit_queue"}),
    "officer": RUN,
    "province_officer": frozenset({"see_live", "see_report", "see_queue", "see_board"}),
    "administrator": RUN | frozenset({"edit_wards"}),
}

# From coordinator upwards a password alone does not open the door.
NEEDS_SECOND_FACTOR = frozenset({"coordinator", "officer", "province_officer", "administrator"})
# Which roles a role may make or change: nobody lifts anyone above themselves.
MAY_APPOINT: dict[str, frozenset[str]] = {
    "coordinator": frozenset({"volunteer"}),
    "officer": frozenset({"volunteer", "coordinator", "officer"}),
    "administrator": frozenset({"volunteer", "coordinator", "officer", "province_officer", "administrator"}),
}


def may(role: str, verb: str) -> bool:
    """Whether the role carries the verb; an unknown role carries none."""
    return verb in VERBS.get(role, frozenset())


def require(role: str, verb: str) -> None:
    """Refuse with NotAllowed unless the role carries the verb."""
    if not may(role, verb):
        raise NotAllowed(role=role, verb=verb)
