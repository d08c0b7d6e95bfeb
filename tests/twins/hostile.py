"""Texts and answers as nobody types them: decomposed, invisible, back to front, halves of pairs, far too long."""

from __future__ import annotations

import unicodedata
from random import Random
from typing import Any

MEGABYTE = 2**20
PIECES = (
    "Nguyễn", "Thị", "Đỗ", "H'Hen Niê", "Ễ", "ự", "ê", "a", "Z", "0", "9", "12", "2026-11-24", "29/2/2023", "5/3/1990",
    "0912345678", "+84", "001088001234", "31117", "8.000", " đ", ".", ",", "-", "/", "'", "’", "\"", "<", ">", "&", ";",
    " ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u3000", "\u2028", "\u2003", "\u0085", "\u200b", "\u200c", "\u200d",
    "\u2060", "\ufeff", "\u00ad", "\u202e", "\u202c", "\u2066", "\u2069", "\u061c", "\x00", "\x07", "\x1b", "\x7f",
    "\x9f", "\ud800", "\udc00", "\udfff", "\ue000", "\uffff", "\ufffd", "😀", "👩\u200d👩\u200d👧", "🇻🇳", "\U0001f9ff",
    "\U00020000", "\U000e0041", "\U0010ffff", "\U00011383", "\u0301", "\u0323", "\u031b", "\u0e4a", "\u1ab0",
    "\u0344", "\u0374", "\u1fee", "\u212b", "\u2126", "\uf900", "\ufb01", "\u01c4", "\u0130", "\u03c2", "\u0160",
    "٣", "৩", "３", "½", "²", "Ⅷ", "①", "مرحبا", "שלום", "ខ្មែរ", "阮", "김", "ﾊﾝ", "%00", "../", "${x}", "{{x}}",
    "' OR 1=1", "<script>", "\\u0000", "null", "true", "otp 123456", "mật khẩu x1", "NaN", "1e9", "-0", "__proto__",
)  # fmt: skip


def hostile_texts(count: int, seed: int) -> list[str]:
    """So many texts, each a mix of pieces; every twentieth decomposed, one of a megabyte in each hundred."""
    random = Random(seed)
    texts = list(PIECES)
    while len(texts) < count:
        text = "".join(random.choices(PIECES, k=random.randint(1, 8)))
        if random.random() < 0.3:
            text = "".join(random.sample(text, len(text)))
        if random.random() < 0.2:
            text = unicodedata.normalize(random.choice(("NFD", "NFKD")), text)
        if random.random() < 0.1:
            text = chr(random.choice((random.randrange(0x250), random.randrange(0x10000)))) + text
        if len(texts) % 100 == 0:
            text *= MEGABYTE // len(text)
        texts.append(_as_json_carries(text))
    return texts[:count]


def hostile_values(random: Random, questions: list[dict[str, Any]], depth: int = 2) -> dict[str, Any]:
    """Answers with values of every kind under right and wrong names and states."""
    names = [one["id"] for one in questions] + ["nobody", "__proto__", "constructor"]
    states = ("given", "given", "given", "empty", "absent", "dont_know", "hidden", "", None, 1)
    answers: dict[str, Any] = {}
    for name in random.sample(names[: len(questions)], 2) + random.choices(names, k=random.randrange(2)):
        answers[name] = {"state": random.choice(states)}
        if random.random() < 0.8:
            answers[name]["value"] = _value(random, questions, depth)
        if random.random() < 0.05:
            answers[name] = random.choice(("given", [], None, {}, {"state": "given", "more": 1}))
    return answers


def _value(random: Random, questions: list[dict[str, Any]], depth: int) -> Any:
    plain: list[Any] = [
        "An",
        "2026-11-24",
        "1945",
        "0912345678",
        "001088001234",
        "31117",
        "male",
        "",
        "x" * 201,
    ]
    plain += [
        0,
        1,
        -1,
        20,
        21,
        2**53 - 1,
        2**53,
        -(2**53),
        1.5,
        True,
        False,
        None,
        [],
        {},
        ["male"],
        ["male", "male"],
    ]
    plain += [
        ["female", "male"],
        ["no"],
        "Ễ" * 100,
        "😀" * 100,
        "😀" * 101,
        "\ud800",
        "an@thu.vn",
        "65A-12345",
    ]
    if depth and random.random() < 0.4:
        return [hostile_values(random, questions[:6], depth - 1) for _ in range(random.randrange(5))]
    return random.choice(plain)


def _as_json_carries(text: str) -> str:
    """Two halves that happen to stand together are one letter once they went through JSON."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
