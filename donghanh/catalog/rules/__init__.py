"""Pure decisions of the catalogue: what an edition holds, how it is hashed, what is still unsure."""

from donghanh.catalog.rules.canonical import (
    DamagedEdition,
    canonical_json,
    edition_hash,
    from_json,
    to_json,
)
from donghanh.catalog.rules.content import (
    LANGUAGES,
    Account,
    EditionContent,
    Fact,
    Fee,
    HelpMinutes,
    Online,
    Paper,
    Portal,
    Referral,
    Result,
    Source,
    Step,
    TimeLimit,
)
from donghanh.catalog.rules.dossier import DossierWarning, dossier_warning
from donghanh.catalog.rules.doubts import Doubt, gaps, unverified
from donghanh.catalog.rules.texts import NoSuchText, text, text_keys

__all__ = [
    "LANGUAGES",
    "Account",
    "DamagedEdition",
    "DossierWarning",
    "Doubt",
    "EditionContent",
    "Fact",
    "Fee",
    "HelpMinutes",
    "NoSuchText",
    "Online",
    "Paper",
    "Portal",
    "Referral",
    "Result",
    "Source",
    "Step",
    "TimeLimit",
    "canonical_json",
    "dossier_warning",
    "edition_hash",
    "from_json",
    "gaps",
    "text",
    "text_keys",
    "to_json",
    "unverified",
]
