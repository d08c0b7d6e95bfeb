"""Codes of the house as words for people."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

STATES: Words = {
    "waiting": _("waiting"),
    "called": _("called"),
    "recalled": _("called again"),
    "serving": _("being helped"),
    "held": _("on hold"),
    "parked": _("coming back later"),
    "absent": _("absent"),
    "done": _("finished"),
    "gone": _("left"),
    "closed": _("closed at night"),
}
OUTCOMES: Words = {
    "submitted": _("Submitted online"),
    "done": _("Done"),
    "guided_to_submit_alone": _("Guided, will submit alone"),
    "informed_only": _("Advice only"),
    "referred": _("Referred"),
    "papers_missing": _("Papers missing"),
    "gave_up": _("Gave up"),
    "portal_down": _("Portal down"),
    "not_possible": _("Not possible"),
    "closed_by_system": _("Closed at night"),
}
AUTONOMIES: Words = {
    "alone": _("Did it alone"),
    "together": _("Did it together"),
    "done_beside": _("Was done beside them"),
}
DEVICES: Words = {
    "own_phone": _("Own phone"),
    "relatives_phone": _("A relative’s phone"),
    "centre_computer": _("The centre’s computer"),
    "none": _("No device"),
}
ACCOUNTS: Words = {
    "citizens": _("The citizen’s own account"),
    "relatives": _("A relative’s account"),
    "officers_on_behalf": _("An officer’s account, on behalf"),
    "none": _("No account"),
}
ROLES: Words = {
    "volunteer": _("Volunteer"),
    "coordinator": _("Coordinator"),
    "officer": _("Officer"),
    "province_officer": _("Province officer"),
    "administrator": _("Administrator"),
    "kiosk": _("Kiosk"),
    "board": _("Board"),
    "script": _("Script"),
}
ORGANISATIONS: Words = {
    "ward_office": _("Ward People’s Committee"),
    "centre": _("Public Administration Service Centre"),
    "police": _("Ward police"),
    "youth_union": _("Youth union"),
    "team": _("Community digital team"),
    "bank": _("Bank"),
    "social_insurance": _("Social insurance office"),
    "clinic": _("Clinic"),
    "other": _("Other"),
}
POINT_KINDS: Words = {
    "centre": _("Service centre"),
    "culture_house": _("Culture house"),
    "market": _("Market"),
    "school": _("School"),
    "home": _("At home"),
    "other": _("Other"),
}
HALVES: Words = {"morning": _("Morning"), "afternoon": _("Afternoon"), "evening": _("Evening")}
SEXES: Words = {"female": _("Female"), "male": _("Male"), "unknown": _("Unknown")}
PERIODS: Words = {
    "wait": _("waiting"),
    "walk": _("walking to the counter"),
    "service": _("being helped"),
    "hold": _("on hold"),
    "park": _("away for papers"),
    "away": _("absent"),
}
WEEKDAYS: tuple[str | Promise, ...] = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip
PAPER_MODES: Words = {"submit": _("Hand in"), "show": _("Show"), "upload": _("Upload")}
PAPER_FORMS: Words = {
    "original": _("original"),
    "copy": _("copy"),
    "certified": _("certified copy"),
    "photo": _("photo"),
    "form": _("form"),
}
PURPOSES: Words = {
    "help_with_procedure": _("Help with the chosen procedures"),
    "keep_contact": _("Keep my phone number to tell me the result"),
    "officer_acts": _("An officer acts for me with their own account"),
}
SKILLS: Words = {
    "certification": _("Certified copies"),
    "civil_status": _("Civil status"),
    "digital": _("Phones and apps"),
    "insurance": _("Insurance"),
    "residence": _("Residence"),
    "social": _("Allowances"),
    "vneid": _("VNeID"),
}
METHODS: Words = {
    "spoken_with_witness": _("Spoken, I am the witness"),
    "signed_on_screen": _("Signed on the screen"),
    "signed_on_paper": _("Signed on paper"),
    "tap": _("By a tap"),
}
ACTORS: Words = {"citizen": _("The citizen"), "member": _("You"), "officer": _("An officer")}
DOSSIER_WARNINGS: Words = {
    "looks_like_identity_number": _("This looks like an identity number, not like a dossier code."),
    "looks_like_one_time_code": _("This looks like a one-time code. It must not be written down."),
    "payment_id": _("This looks like the number of a payment."),
    "unusual_form": _("This portal’s codes usually look different."),
    "unusual_date": _("The date within the code is not possible."),
}
# The ten statuses of a dossier, in the words of the National Portal.
DOSSIER_STATUSES: Words = {
    "registered": _("Newly registered"),
    "received": _("Accepted for processing"),
    "refused": _("Not accepted"),
    "processing": _("Being processed"),
    "supplement_requested": _("More papers requested"),
    "payment_requested": _("Payment requested"),
    "withdrawal_requested": _("Withdrawal asked for"),
    "stopped": _("Stopped"),
    "processed": _("Processed"),
    "delivered": _("Result delivered"),
}
CHANNELS: Words = {
    "sms": _("Text message"),
    "zalo": _("Zalo"),
    "email": _("E-mail"),
    "webhook": _("Another system"),
    "web_push": _("The phone’s browser"),
}
MOVES: Words = {
    "call": _("called"),
    "arrived": _("came to the counter"),
    "recall": _("called again"),
    "recall_absent": _("called again"),
    "absent": _("marked absent"),
    "hold": _("put on hold"),
    "resume": _("taken up again"),
    "park": _("will come back later"),
    "come_back": _("came back"),
    "forward": _("forwarded"),
    "finish": _("finished"),
    "leave": _("left"),
}
OVERTAKINGS: Words = {
    "priority": _("priority"),
    "picked": _("picked with a reason"),
    "series": _("another series"),
    "other": _("another counter or skill"),
}
