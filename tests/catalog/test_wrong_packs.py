"""A wrong pack is refused whole, and the message says where, what, and what to do."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from donghanh.catalog.actions.read_pack import WrongPack, read_all, read_pack
from donghanh.catalog.rules import EditionContent

pytestmark = pytest.mark.pure

PACK = """\
format: 1
kind: procedure
code: "1.000001"
valid_from: 2026-11-01
checked_on: 2026-07
sector: civil_status
levels: [commune]
pictogram: paper
online: {mode: partial, source: record}
account: {who: citizen, source: record}
papers:
  - {id: form, mode: submit, form: form, source: record}
fees:
  - {id: copy, channels: [online], amount: 8000, source: record}
time_limit: {kind: working_days, days: 3, source: record}
usual_minutes: {p50: 10, p80: 15, basis: own_estimate}
portals:
  - {id: national, kind: national, address: https://dichvucong.gov.vn, source: record}
results:
  - {id: copy, source: record}
steps:
  - {id: fill, who: citizen, papers: [form], volunteer_stops: true}
  - {id: check, who: officer, officer_only: true}
referrals:
  - {id: police, to: police, source: record}
sources:
  - {id: record, title: The record, checked: 2026-07, confidence: H}
"""
TEXTS = """\
name: A copy
short: Copy
summary: Get a copy.
sector: Civil status
account: Your own.
time_limit: Three working days.
papers:
  form: {name: Form, get: At the counter.}
fees: {copy: A copy}
portals: {national: Portal}
results: {copy: The copy}
steps:
  fill:
    title: Fill in
    text: Write your name.
    say: Please write.
    stop: Do not write for them.
  check: {title: Check, text: The officer checks., say: Please wait.}
referrals: {police: The police}
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A right pack of one copy, to be spoilt."""
    folder = tmp_path / "1.000001"
    (folder / "texts").mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    for language in ("vi", "fr", "en"):
        (folder / "texts" / f"{language}.yaml").write_text(TEXTS, encoding="utf-8")
    return folder


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    """Replace a piece that stands once in the file."""
    written = (folder / name).read_text(encoding="utf-8")
    assert written.count(old) == 1, old
    (folder / name).write_text(written.replace(old, new), encoding="utf-8")


def problems(folder: Path) -> list[str]:
    """The lines of the refusal."""
    with pytest.raises(WrongPack) as refused:
        read_pack(folder)
    assert str(refused.value).splitlines() == refused.value.facts["problems"]
    return list(refused.value.facts["problems"])


def test_the_pack_that_is_spoilt_below_is_right(pack):
    content = read_pack(pack)
    assert (content.id, [step.id for step in content.steps]) == ("1.000001", ["fill", "check"])


IN_PACK = {
    "misspelt key": ("pictogram: paper", "pictograms: paper", ["pack.yaml:8:1: unknown key “pictograms”; did you mean “pictogram”?"]),
    "unknown key inside": ("days: 3,", "dayz: 3,", ["pack.yaml:15:34: unknown key “dayz”; did you mean “days”?"]),
    "key nobody knows": (
        "{p50: 10,",
        "{xyz: 1, p50: 10,",
        ["pack.yaml:16:17: unknown key “xyz”; known here are p50, p80, basis"],
    ),
    "missing key": ("sector: civil_status\n", "", ["pack.yaml:1:1: key “sector” is missing; add “sector:” here"]),
    "missing key of a step": (
        "{id: fill, who: citizen,",
        "{id: fill,",
        ["pack.yaml:22:5: key “who” is missing; add “who:” here"],
    ),
    "key twice": ("kind: procedure\n", "kind: procedure\nkind: service\n", ["pack.yaml:3:1: key “kind” stands twice; keep one; the first is on line 2"]),
    "bad code": ('"1.000001"', "1.00001", ["pack.yaml:3:7: code: “1.00001” is no procedure code; write it like 1.000894, in quotes"]),
    "code of Arabic digits": ('"1.000001"', "1.٠٠٠٠٠١", ["pack.yaml:3:7: code: “1.٠٠٠٠٠١” is no procedure code; write it like 1.000894, in quotes"]),
    "code of another folder": ('"1.000001"', '"1.000002"', ["pack.yaml:3:7: “1.000002” stands in the folder “1.000001”; rename the folder to “1.000002” or correct the code"]),
    "bad day": ("2026-11-01", "2026-02-30", ["pack.yaml:4:13: valid_from: “2026-02-30” is not a day; write year-month-day, for example 2026-07-24"]),
    "day of another order": ("2026-11-01", "01/11/2026", ["pack.yaml:4:13: valid_from: “01/11/2026” is not a day; write year-month-day, for example 2026-07-24"]),
    "bad month": ("checked_on: 2026-07", "checked_on: 2026-13", ["pack.yaml:5:13: checked_on: “2026-13” is not a month or a day; write year-month or year-month-day, for example 2026-07"]),
    "negative fee": ("8000", "-8000", ["pack.yaml:14:44: fees.0.amount: -8000 is negative; write a whole number from 0 up"]),
    "fee with a point": ("8000", "8.000", ["pack.yaml:14:44: fees.0.amount: “8.000” is not an amount; write whole đồng (8000), set_by_province or unknown; only write 0 when the source says it is free"]),
    "fee left empty": ("amount: 8000", "amount: ", ["pack.yaml:14:43: fees.0.amount: “” is not an amount; write whole đồng (8000), set_by_province or unknown; only write 0 when the source says it is free"]),
    "fee too dear": ("8000", "99999999999", ["pack.yaml:14:44: fees.0.amount: “99999999999” is not a whole number; write digits only, for example 8000"]),
    "truth by another word": ("volunteer_stops: true", "volunteer_stops: yes", ["pack.yaml:22:63: steps.0.volunteer_stops: “yes” is neither true nor false; write true or false"]),
    "unknown pictogram": ("pictogram: paper", "pictogram: papper", ["pack.yaml:8:12: pictogram: “papper” is not known here; did you mean “paper”?"]),
    "unknown actor": ("who: officer", "who: robot", ["pack.yaml:23:22: steps.1.who: “robot” is not known here; write one of citizen, member, officer"]),
    "unknown paper": ("papers: [form]", "papers: [fomr, form]", ["pack.yaml:22:39: step “fill” names the unknown paper “fomr”; did you mean “form”?"]),
    "paper nobody uses": (", papers: [form]", "", ["pack.yaml:12:10: no step uses the paper “form”; name it in the step where it is looked at"]),
    "unknown source": ("who: citizen, source: record", "who: citizen, source: recrod", ["pack.yaml:10:33: there is no source “recrod”; did you mean “record”?"]),
    "confidence without a source": ("kind: working_days, days: 3, source: record", "kind: working_days, days: 3, confidence: H", ["pack.yaml:15:13: a date or a confidence without a source; name the source, or leave only confidence L or GK"]),
    "id twice": ("{id: check, who: officer, officer_only: true}", "{id: fill, who: officer}", ["pack.yaml:23:10: id “fill” stands twice in steps; rename one; the first is on line 22", *(f"texts/{lang}.yaml:18:{col}: nothing uses the text “steps.check.{part}”; remove it, or add to pack.yaml what it describes" for lang in ("en", "fr", "vi") for col, part in ((18, "title"), (31, "text"), (57, "say")))]),
    "id with capitals": ("{id: check,", "{id: Check,", ["pack.yaml:23:10: steps.1.id: “Check” is no id; use small letters, digits and _, a letter first"]),
    "page of a stranger": ("confidence: H}", "confidence: H, url: https://dichvucong.gov.vn.example.com/x}", ["pack.yaml:27:75: sources.0.url: “https://dichvucong.gov.vn.example.com/x” is no official page; give an https page of dichvucong.gov.vn or vanban.chinhphu.vn, or leave url out"]),
    "portal of a stranger": ("https://dichvucong.gov.vn,", "http://dichvucong.gov.vn,", ["pack.yaml:18:45: portals.0.address: “http://dichvucong.gov.vn” is no address of a state portal; give an https address that ends in .gov.vn, or leave address out"]),
    "officer's step for a citizen": ("who: officer, officer_only", "who: member, officer_only", ["pack.yaml:23:22: step “check” is for officers only, but member acts; write who: officer"]),
    "days missing": ("days: 3, ", "", ["pack.yaml:15:13: working_days without a number of days; add “days:”, 1 or more"]),
    "cut-off that means nothing": ("kind: working_days, days: 3", 'kind: text, cutoff: "15:00"', ["pack.yaml:15:34: text has no cut-off hour; remove “cutoff:” or change the kind"]),
    "hour that is none": ("days: 3,", 'days: 3, cutoff: "25:00",', ["pack.yaml:15:51: time_limit.cutoff: “25:00” is no hour; write it like 15:00"]),
    "help that grows shorter": ("p80: 15", "p80: 5", ["pack.yaml:16:16: usual_minutes must grow from p50 to p80, between 1 and 480; p50: half are faster; p80: eight in ten are faster"]),
    "list for a word": ("sector: civil_status", "sector: [a, b]", ["pack.yaml:6:9: sector: a single value is expected here; write it behind the colon on the same line"]),
    "word for a list": ("levels: [commune]", "levels: commune", ["pack.yaml:7:9: levels must be a list; begin each item with “- ” or write [a, b]"]),
    "word for keys": ("{p50: 10, p80: 15, basis: own_estimate}", "ten", ["pack.yaml:16:16: usual_minutes must hold keys; write “key: value” pairs, indented, one a line"]),
    "no channel": ("[online]", "[]", ["pack.yaml:14:26: fees.0.channels is empty; add at least one item"]),
    "procedure without results": ("results:\n  - {id: copy, source: record}\n", "", ["pack.yaml:2:7: a procedure needs “results”; add “results:”; what is not known is written as unknown, never left out", *(f"texts/{lang}.yaml:11:17: nothing uses the text “results.copy”; remove it, or add to pack.yaml what it describes" for lang in ("en", "fr", "vi"))]),
    "service with a code": ("kind: procedure", "kind: service", ["pack.yaml:2:7: key “id” is missing; a service needs “id:”", "pack.yaml:3:7: a service has no “code”; remove it; a service is known by its “id”"]),
    "format of the future": ("format: 1", "format: 3", ["pack.yaml:1:9: format: “3” is not known here; write one of 1, 2"]),
    "anchor": ("levels: [commune]", "levels: &a [commune]", ["pack.yaml:7:9: anchor “&a” is not allowed; remove it"]),
    "alias": ("sector: civil_status", "sector: *a", ["pack.yaml:6:9: alias “*a” is not allowed; write the text out again"]),
    "tag": ("sector: civil_status", "sector: !!python/name:os.system x", ["pack.yaml:6:9: tag “tag:yaml.org,2002:python/name:os.system” is not allowed; remove it, types are known from the key"]),
    "merge key": ("kind: procedure", "<<: {kind: procedure}", ["pack.yaml:2:1: merge key “<<” is not allowed; write the keys out again"]),
    "second document": ("referrals:", "---\nreferrals:", ["pack.yaml:24:1: a second document begins here; keep one document a file, without ---"]),
    "list as a key": ("kind: procedure", "? [a]\n: b", ["pack.yaml:2:3: a key must be one word; put a plain name before the colon"]),
    "broken bracket": ("levels: [commune]", "levels: [commune", ["pack.yaml:8:10: this is not YAML (expected ',' or ']', but got ':'); check indents, colons and quotes"]),
    "tab": ("  - {id: form,", "\t- {id: form,", ["pack.yaml:12:1: this is not YAML (found character '\\t' that cannot start any token); check indents, colons and quotes"]),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), IN_PACK.values(), ids=IN_PACK)
def test_a_wrong_pack_file_says_where_what_and_what_to_do(pack, old, new, expected):
    spoil(pack, "pack.yaml", old, new)
    assert problems(pack) == expected


IN_TEXTS = {
    "missing text": ("    say: Please write.\n", "", ["texts/fr.yaml:14:5: text “steps.fill.say” is missing; add it here"]),
    "misspelt text": ("    say:", "    sai:", ["texts/fr.yaml:16:10: nothing uses the text “steps.fill.sai”; did you mean “steps.fill.say”?"]),
    "empty text": ("summary: Get a copy.", "summary:", ["texts/fr.yaml:3:1: text “summary” is empty; write it, or remove what it describes"]),
    "HTML": ("Get a copy.", "Get a <b>copy</b>.", ["texts/fr.yaml:3:10: text “summary” holds HTML; write plain words"]),
    "placeholder": ("Get a copy.", "Get {a} copy.", ["texts/fr.yaml:3:10: text “summary” holds a curly bracket; write plain words, without placeholders"]),
    "long name": ("short: Copy", f"short: {'a' * 51}", ["texts/fr.yaml:2:8: text “short” has 51 letters; shorten it to 50"]),
    "list": ("short: Copy", "short: [Copy]", ["texts/fr.yaml:2:8: short must be a text, not a list; write sentences in one text", "texts/fr.yaml:2:8: text “short” is missing; add it here"]),
    "hidden character": ("short: Copy", "short: Co\u200bpy", ["texts/fr.yaml:2:10: hidden or unassigned character U+200B; delete it and type the word again"]),
    "accents apart": ("short: Copy", "short: Co" + unicodedata.normalize("NFD", "ế"), ["texts/fr.yaml:2:10: letters and accents are stored apart (not NFC); type the word again or convert the file to NFC"]),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), IN_TEXTS.values(), ids=IN_TEXTS)
def test_a_wrong_texts_file_says_where_what_and_what_to_do(pack, old, new, expected):
    spoil(pack, "texts/fr.yaml", old, new)
    assert problems(pack) == expected


def no_french(folder: Path) -> None:
    (folder / "texts/fr.yaml").unlink()


def no_texts(folder: Path) -> None:
    for language in ("vi", "fr", "en"):
        (folder / f"texts/{language}.yaml").unlink()
    (folder / "texts").rmdir()


def other_ending(folder: Path) -> None:
    (folder / "pack.yaml").rename(folder / "pack.yml")


def link_out(folder: Path) -> None:
    (folder / "texts/fr.yaml").unlink()
    (folder / "texts/fr.yaml").symlink_to(folder / "texts/en.yaml")


def linked_texts(folder: Path) -> None:
    (folder / "texts").rename(folder.parent / "elsewhere")
    (folder / "texts").symlink_to(folder.parent / "elsewhere")


def pipe(folder: Path) -> None:
    (folder / "pack.yaml").unlink()
    os.mkfifo(folder / "pack.yaml")


def folder_for_a_file(folder: Path) -> None:
    (folder / "pack.yaml").unlink()
    (folder / "pack.yaml").mkdir()


def too_large(folder: Path) -> None:
    (folder / "pack.yaml").write_text("#" * 1_000_001, encoding="utf-8")


def latin(folder: Path) -> None:
    (folder / "texts/vi.yaml").write_bytes("name: x\nshort: Sức khỏe\n".encode()[:-1] + b"\xe9\n")


def byte_order_mark(folder: Path) -> None:
    (folder / "pack.yaml").write_bytes(b"\xef\xbb\xbf" + PACK.encode())


def empty(folder: Path) -> None:
    (folder / "pack.yaml").write_text("# nothing yet\n", encoding="utf-8")


def a_list(folder: Path) -> None:
    (folder / "pack.yaml").write_text("- a\n- b\n", encoding="utf-8")


def deep(folder: Path) -> None:
    (folder / "pack.yaml").write_text("a: " + "[" * 4_000, encoding="utf-8")


def laughing(folder: Path) -> None:
    lines = [
        "a: &a [ha, ha]",
        *(f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    ]
    (folder / "pack.yaml").write_text("\n".join(lines), encoding="utf-8")


def endless(folder: Path) -> None:
    (folder / "pack.yaml").write_text("levels: [" + "a,\n" * 30_000 + "a]", encoding="utf-8")


def one_long_line(folder: Path) -> None:
    (folder / "pack.yaml").write_text("# here\n" + "!" * 5_001, encoding="utf-8")


def stranger(folder: Path) -> None:
    (folder / "run.sh").write_text("echo", encoding="utf-8")


AROUND: list[tuple[Callable[[Path], None], list[str]]] = [
    (no_french, ["texts/fr.yaml:1:1: the file is missing; add it"]),
    (no_texts, [f"texts/{lang}.yaml:1:1: the file is missing; add it" for lang in ("en", "fr", "vi")]),
    (other_ending, ["pack.yaml:1:1: the file is missing; add it", "pack.yml:1:1: this file does not belong to a pack; did you mean “pack.yaml”?"]),
    (link_out, ["texts/fr.yaml:1:1: symbolic links are not allowed; put the file itself here"]),
    (linked_texts, ["texts:1:1: symbolic links are not allowed; put the file itself here"]),
    (pipe, ["pack.yaml:1:1: this is not a plain file; put a plain text file here"]),
    (folder_for_a_file, ["pack.yaml:1:1: this is not a plain file; put a plain text file here"]),
    (too_large, ["pack.yaml:1:1: the file is larger than 1 MB; shorten it; a pack is a few pages of text"]),
    (latin, ["texts/vi.yaml:2:16: byte 0xe9 is not UTF-8; save the file as UTF-8"]),
    (byte_order_mark, ["pack.yaml:1:1: the file begins with a byte order mark; save it as UTF-8 without BOM"]),
    (empty, ["pack.yaml:2:1: the file is empty; write the mapping that belongs here, or see packs/README.md"]),
    (a_list, ["pack.yaml:1:1: pack.yaml must be a mapping of keys; begin with “format: 1” and one key a line"]),
    (deep, ["pack.yaml:1:11: nested deeper than 8 levels; flatten it; no part of a pack is that deep"]),
    (laughing, ["pack.yaml:1:4: anchor “&a” is not allowed; remove it"]),
    (one_long_line, ["pack.yaml:2:1: the line has 5001 letters; break it; 5000 are allowed"]),
    (endless, ["pack.yaml:19996:1: more than 20000 pieces; shorten the file"]),
    (stranger, ["run.sh:1:1: this file does not belong to a pack; a pack holds only pack.yaml, texts/vi.yaml, texts/fr.yaml, texts/en.yaml, CHANGES.md and the folders forms, media, tests"]),
]  # fmt: skip


@pytest.mark.parametrize(("harm", "expected"), AROUND, ids=[harm.__name__ for harm, _ in AROUND])
def test_a_wrong_folder_says_which_file_and_what_to_do(pack, harm, expected):
    harm(pack)
    assert problems(pack) == expected


def test_a_folder_that_is_not_there_or_is_a_link_is_refused(pack, tmp_path):
    (tmp_path / "link").symlink_to(pack)
    assert problems(tmp_path / "nowhere") == [
        "nowhere:1:1: there is no such folder; give the folder that holds pack.yaml"
    ]
    assert problems(tmp_path / "link") == ["link:1:1: the folder is a symbolic link; give the folder itself"]


def test_all_problems_of_all_files_come_at_once(pack):
    spoil(pack, "pack.yaml", "amount: 8000", "amount: -1")
    spoil(pack, "pack.yaml", "pictogram: paper", "pictogram: cat")
    spoil(pack, "texts/vi.yaml", "name: A copy", "name: [A copy]")
    assert [problem.split(": ")[0] for problem in problems(pack)] == [
        "pack.yaml:8:12",
        "pack.yaml:14:44",
        "texts/vi.yaml:1:7",
    ]


def test_packs_read_together_are_refused_together_with_their_folder(pack, tmp_path):
    twin = tmp_path / "1.000002"
    (twin / "texts").mkdir(parents=True)
    (twin / "pack.yaml").write_text(PACK.replace("1.000001", "1.000002"), encoding="utf-8")
    for language in ("vi", "fr", "en"):
        (twin / "texts" / f"{language}.yaml").write_text(TEXTS, encoding="utf-8")
    assert [content.id for content in read_all(tmp_path)] == ["1.000001", "1.000002"]

    spoil(twin, "texts/fr.yaml", "sector: Civil status", "sector: Papers")
    with pytest.raises(WrongPack) as refused:
        read_all(tmp_path)
    assert refused.value.facts["problems"] == [
        "1.000002/texts/fr.yaml:1:1: sector “civil_status” is called “Papers” here, but “Civil status” in 1.000001; give one sector one name"
    ]

    spoil(pack, "pack.yaml", "amount: 8000", "amount: -1")
    with pytest.raises(WrongPack, match=r"1\.000001/pack\.yaml:14:44: fees\.0\.amount: -1 is negative"):
        read_all(tmp_path)


def read_or_refuse(name: str, raw: bytes) -> EditionContent | None:
    """Put these bytes into an otherwise right pack; anything but a pack or a WrongPack fails the test."""
    with TemporaryDirectory() as parent:
        folder = Path(parent) / "1.000001"
        (folder / "texts").mkdir(parents=True)
        (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
        for language in ("vi", "fr", "en"):
            (folder / "texts" / f"{language}.yaml").write_text(TEXTS, encoding="utf-8")
        (folder / name).write_bytes(raw)
        try:
            return read_pack(folder)
        except WrongPack as refused:
            lines = refused.problems
    assert lines
    assert all(problem.what and problem.advice for problem in lines)
    return None


ANY_FILE = st.sampled_from(["pack.yaml", "texts/vi.yaml"])
YAML_LIKE = st.text("abc:-[]{}&*!|>'\"%@`#?,.~<= \n\t\\0129é\u0085\u2028\ufeff", max_size=80)
MANY = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(ANY_FILE, st.binary(max_size=200))
def test_random_bytes_never_give_anything_but_a_wrong_pack(name, raw):
    assert read_or_refuse(name, raw) is None


@MANY
@given(ANY_FILE, YAML_LIKE | st.text(max_size=80))
def test_random_yaml_never_gives_anything_but_a_wrong_pack(name, written):
    assert read_or_refuse(name, written.encode("utf-8", "surrogatepass")) is None


@MANY
@given(ANY_FILE, st.integers(0, len(PACK)), st.integers(0, 12), YAML_LIKE)
def test_a_right_file_with_a_random_wound_is_read_or_refused(name, at, length, wound):
    whole = PACK if name == "pack.yaml" else TEXTS
    spoilt = whole[:at] + wound + whole[at + length :]
    content = read_or_refuse(name, spoilt.encode())
    assert content is None or content.code == "1.000001"
