"""What an edition asks, checks and carries further: questions, conditions, forms, portals' fields.

Every name people read is a text by key. A condition is kept twice: as its author wrote it, and as the
tree that server and browser evaluate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from donghanh.catalog.rules.fact import Fact

QuestionType = Literal[
    "text",
    "name",
    "date",
    "partial_date",
    "integer",
    "money",
    "choice",
    "choices",
    "yes_no",
    "phone",
    "citizen_id",
    "area",
    "address",
    "repeat",
]
# How a question may be left open on purpose. Absent and empty are never on purpose.
Opening = Literal["dont_know", "not_applicable"]
# What of a person a question asks; the key a scan, a record and another procedure share.
PersonKey = Literal[
    "name",
    "born_on",
    "sex",
    "id_number",
    "id_issued_on",
    "phone",
    "residence_area",
    "residence_line",
    "email",
    "ethnicity",
    "nationality",
]
Purpose = Literal["identify", "register", "contact", "decide", "statistics"]
PrivacyClass = Literal["none", "basic", "sensitive"]
StepKind = Literal[
    "explain", "papers", "ask", "portal", "eid", "review", "confirm", "record", "receipt", "referral"
]
EidAct = Literal["register_level_1", "appointment_level_2", "activate", "lock", "unlock", "sign", "check"]
FieldKind = Literal["text", "textarea", "date", "select", "radio", "checkbox"]
# How an answer is written into a field or onto a form.
Spelling = Literal[
    "plain", "upper", "day", "day_words", "year", "choice", "area", "yes_no", "money", "digits"
]
ReadBack = Literal["dossier_code", "due_on"]
PartKind = Literal["heading", "line", "pair", "choice", "table", "note", "signature", "copies"]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition in the typed profile of CEL. `tree` is base64; `refs` are the question ids it reads,
    `st.` ones included."""

    text: str
    tree: str
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Role:
    """One of the people a procedure is about. Text: roles.ID. Exactly one is the beneficiary."""

    id: str
    is_beneficiary: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """What must hold for an answer. Hard stops; soft warns and goes on. Text: questions.Q.checks.ID."""

    id: str
    must: Condition
    level: Literal["hard", "soft"]
    fact: Fact | None = None  # a limit of the law has a source; a slip of the pen needs none


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Texts: questions.ID.label, and if there: .hint, .say, .example, .choices.CHOICE.

    `least` and `most`: the number itself, or how many rows; `longest`: letters. `earliest` and
    `latest`: a day, or the word today. Inside a repeat the texts are questions.REPEAT.fields.ID….
    """

    id: str
    type: QuestionType
    required: bool
    purpose: Purpose
    privacy: PrivacyClass
    when: Condition | None = None
    allow: tuple[Opening, ...] = ()
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    longest: int | None = None
    earliest: str | None = None
    latest: str | None = None
    pattern: str | None = None
    role: str | None = None
    key: PersonKey | None = None
    checks: tuple[Check, ...] = ()
    fields: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who may ask for this. Texts: eligibility.ID.message and .instead: never a dead end."""

    id: str
    must: Condition
    referral: str | None = None
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class FormValue:
    """What stands in a place: answers joined by `join`, each in its spelling."""

    questions: tuple[str, ...]
    spelling: Spelling = "plain"
    join: str = " "


@dataclass(frozen=True, slots=True)
class FormPart:
    """A part of a declaration form, in the form's own Vietnamese words.

    line: label and value; pair: several labelled values on one line; choice: boxes to tick; table: a repeat
    (`values` are its columns, `labels` their heads), or without one a grid with `heads`, a label for each row
    and the values row by row; signature: who signs; note: words alone.
    """

    kind: PartKind
    labels: tuple[str, ...] = ()
    values: tuple[FormValue, ...] = ()
    when: Condition | None = None
    repeat: str | None = None
    box: tuple[int, int, int, int] | None = None  # tenths of a millimetre from top left, for an overlay
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A declaration form. `background` names a PDF in the pack's forms folder (an official layout):
    then every value has a box. Text: forms.ID."""

    id: str
    heading: str
    law: str
    parts: tuple[FormPart, ...]
    background: str | None = None


@dataclass(frozen=True, slots=True)
class PortalField:
    """A field of a portal's own form: where it is (`name` attribute), what goes in, in the portal's order."""

    name: str
    label: str
    kind: FieldKind
    value: FormValue
    required: bool = False
    longest: int | None = None
    options: Mapping[str, str] | None = None  # our choice → the portal's option value
    option_labels: Mapping[str, str] | None = None  # the portal's option value → what it shows
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class PortalRead:
    """What is read back from the portal's page: a CSS selector and a RE2 pattern the text must match."""

    what: ReadBack
    selector: str
    pattern: str


@dataclass(frozen=True, slots=True)
class PortalMap:
    """How an answer finds its field on a portal's page. `origin` and `path` are exact; `form` is a CSS
    selector that must match exactly one form whose fields are exactly these."""

    portal: str
    origin: str
    path: str
    form: str
    fields: tuple[PortalField, ...]
    reads: tuple[PortalRead, ...]
