"""What can be told from an identity number, a phone number, a name or a birthday.

Numbers are text. A refusal never repeats what was typed: it is personal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal

from donghanh.kernel.errors import Refusal
from donghanh.kernel.numbers import citizen_id_digits, phone_digits, without_separators
from donghanh.kernel.text import masked, nfc, search_key

# The 63 provinces of QĐ 124/2004, where a birth was registered; not renumbered in 2025 (H).
_BIRTH_CODES = (
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33,
    34, 35, 36, 37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66,
    67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
)  # fmt: skip
BIRTH_PROVINCES = frozenset(f"{code:03}" for code in _BIRTH_CODES)
FIRST_CENTURY = 1900
# Law on Children 102/2016/QH13, Art. 1: a child is a person under 16 (the article from general knowledge).
ADULT_FROM = 16
# Older than anybody known: such a birthday is a typing error.
OLDEST = 130
BANDS = ((80, "80+"), (70, "70-79"), (60, "60-69"), (45, "45-59"), (30, "30-44"), (16, "16-29"), (0, "0-15"))

Sex = Literal["female", "male"]
Doubt = Literal["unknown-province", "born-in-the-future"]
Disagreement = Literal["sex", "born-year"]


class WrongCitizenId(Refusal):
    """An identity number has 12 digits, or 9 on an old card. Fact: digits (how many were read)."""

    message = "An identity number has 12 digits, or 9 on an old card. {digits} digits were read."
    status = 422


class WrongPhone(Refusal):
    """Not a Vietnamese mobile or landline number. Fact: digits (how many were read)."""

    message = "This is not a Vietnamese phone number. Example: 0912 345 678."
    status = 422


class WrongBirth(Refusal):
    """A birthday in the future, or of more than 130 years ago."""

    message = "This day or year of birth is not possible."
    status = 422


@dataclass(frozen=True, slots=True)
class CitizenId:
    """An identity number and what its form tells.

    An old number (CMND, 9 digits) tells nothing. What is derived helps to find typing errors; it
    proves nobody's identity and is not stored a second time. There is no check digit.
    """

    digits: str
    province_code: str = ""
    sex: Sex | None = None
    born_year: int | None = None
    warnings: tuple[Doubt, ...] = ()

    @property
    def is_old(self) -> bool:
        """A 9-digit number of the former card."""
        return len(self.digits) == 9


def read_citizen_id(text: str, *, today: date | None = None) -> CitizenId:
    """The number as typed or scanned, blanks, dots and hyphens allowed.

    Form: three digits for the province of birth registration, one for century and sex, two for
    the year of birth, six at random (12 digits). A province outside the table (births abroad
    are said to have others) and, with `today`, a year still to come are warnings, not refusals.
    Refusals: WrongCitizenId.
    """
    digits = citizen_id_digits(text)
    if digits is None:
        raise WrongCitizenId(digits=sum(c in "0123456789" for c in without_separators(text)))
    if len(digits) == 9:
        return CitizenId(digits)
    century, sex_digit = divmod(int(digits[3]), 2)
    born_year = FIRST_CENTURY + 100 * century + int(digits[4:6])
    warnings: list[Doubt] = []
    if digits[:3] not in BIRTH_PROVINCES:
        warnings.append("unknown-province")
    if today is not None and born_year > today.year:
        warnings.append("born-in-the-future")
    return CitizenId(digits, digits[:3], "female" if sex_digit else "male", born_year, tuple(warnings))


def disagreements(
    citizen_id: CitizenId, sex: str | None = None, born_year: int | None = None
) -> tuple[Disagreement, ...]:
    """Where a person's record says something else than the number; what is unknown agrees."""
    found: list[Disagreement] = []
    if sex in ("female", "male") and citizen_id.sex is not None and sex != citizen_id.sex:
        found.append("sex")
    if None not in (born_year, citizen_id.born_year) and born_year != citizen_id.born_year:
        found.append("born-year")
    return tuple(found)


def normal_phone(text: str) -> str:
    """A Vietnamese number as digits from its 0: mobile (10 digits) or landline (11 digits).

    What is read is told in kernel.numbers. Refusals: WrongPhone.
    """
    number = phone_digits(text)
    if number is None:
        raise WrongPhone(digits=sum(c.isdigit() for c in without_separators(text)))
    return number


def age_on(born: date | int | None, day: date) -> int | None:
    """Full years on that day, from a birthday or a year of birth; None if nothing is known.

    With the year alone, the age reached in the course of that year. Refusals: WrongBirth.
    """
    if born is None:
        return None
    if isinstance(born, date):
        age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    else:
        age = day.year - born
    if not 0 <= age <= OLDEST:
        raise WrongBirth()
    return age


def age_band(age: int | None) -> str:
    """The band a report counts that age in; "unknown" stays a band of its own."""
    if age is None:
        return "unknown"
    return next(name for least, name in BANDS if age >= least)


def is_minor(born: date | int | None, day: date) -> bool | None:
    """Under 16 (Law on Children 102/2016/QH13, Art. 1; GK), so a representative acts; None if unknown.

    With the year alone, whoever may still be 15 is taken for a minor: protection comes first.
    Refusals: WrongBirth.
    """
    age = age_on(born, day)
    if age is None:
        return None
    return age < ADULT_FROM or (not isinstance(born, date) and age == ADULT_FROM)


def name_key(name: str) -> str:
    """What a name is searched by: lower case, no accents, single blanks."""
    return search_key(name)


def given_name(name: str) -> str:
    """The last word: Vietnamese names run family, middle, given. "" for an empty name."""
    return nfc(name).rpartition(" ")[2]


def name_order(name: str) -> tuple[str, str]:
    """Lists of people are sorted by given name, then by the whole name."""
    key = name_key(name)
    return key.rpartition(" ")[2], key


def masked_number(number: str) -> str:
    """All but the last three digits as dots, for screens and lists."""
    return masked(number, shown=3)


CONSENT_VERSION = "1"
# Short, easy words, read aloud before the answer; a change of one word is a new version.
# Contents after Law 91/2025/QH15, art. 9 to 11: purpose, which data, how long, how to withdraw (M).
CONSENT_TEXTS: dict[str, dict[str, str]] = {
    "help_with_procedure": {
        "vi": "Tôi đồng ý để phường ghi tên, năm sinh và thủ tục tôi cần, để hướng dẫn tôi. Phường xóa các"
        " thông tin này khi hết hạn lưu. Tôi có thể rút lại sự đồng ý bất cứ lúc nào.",
        "en": "I agree that the ward keeps my name, year of birth and the procedure I need, in order to guide"
        " me. It erases them when the time is over. I can take this back at any time.",
        "fr": "J’accepte que la commune garde mon nom, mon année de naissance et la démarche voulue, pour me"
        " guider. Elle les efface à l’échéance. Je peux revenir sur mon accord à tout moment.",
    },
    "keep_contact": {
        "vi": "Tôi đồng ý để phường giữ số điện thoại của tôi, chỉ để báo kết quả. Không ai hỏi tôi mật khẩu"
        " hay mã OTP. Tôi có thể rút lại bất cứ lúc nào.",
        "en": "I agree that the ward keeps my phone number, only to tell me the result. Nobody asks me for a"
        " password or a code. I can take this back at any time.",
        "fr": "J’accepte que la commune garde mon numéro de téléphone, seulement pour m’annoncer le résultat."
        " Personne ne me demande de mot de passe ni de code. Je peux revenir dessus à tout moment.",
    },
    "officer_acts": {
        "vi": "Tôi đồng ý để cán bộ dùng tài khoản của cán bộ làm thay tôi thủ tục này. Cán bộ đọc lại cho tôi"
        " nghe trước khi gửi. Tôi có thể rút lại trước khi gửi.",
        "en": "I agree that an officer does this procedure for me with the officer’s own account. The officer"
        " reads it to me before sending. I can take this back until it is sent.",
        "fr": "J’accepte qu’un agent fasse cette démarche pour moi avec son propre compte. Il me la relit avant"
        " l’envoi. Je peux revenir sur mon accord jusqu’à l’envoi.",
    },
}


def consent_text(purpose: str, language: str) -> str:
    """What the person is asked, in their language, else in Vietnamese. KeyError for an unknown purpose."""
    texts = CONSENT_TEXTS[purpose]
    return texts.get(language, texts["vi"])


def consent_hash(purpose: str, language: str) -> str:
    """SHA-256 of the words agreed to, kept with the consent as proof of the text."""
    return sha256(consent_text(purpose, language).encode()).hexdigest()
