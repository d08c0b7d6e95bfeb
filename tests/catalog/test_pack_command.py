"""`donghanh pack`: each verb as an author calls it, with its exit code."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from donghanh.catalog.models import Edition
from donghanh.catalog.rules import canonical_json, edition_hash, from_json
from donghanh.kernel.models import JournalEntry
from tests import make
from tests.catalog.test_wrong_packs import PACK, TEXTS

BASE = Path(__file__).with_name("broken") / "base"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The sound pack in a folder of packs of its own."""
    return Path(shutil.copytree(BASE, tmp_path / "packs" / "1.000001"))


def called(*words: str | Path) -> tuple[int, list[str]]:
    """The exit code and the lines said."""
    out = StringIO()
    try:
        call_command("pack", *[str(word) for word in words], stdout=out)
    except SystemExit as left:
        return int(str(left.code)), out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


def spoil(file: Path, old: str, new: str) -> None:
    """Replace a piece that stands once."""
    written = file.read_text(encoding="utf-8")
    assert written.count(old) == 1
    file.write_text(written.replace(old, new), encoding="utf-8")


@pytest.mark.pure
def test_lint_takes_a_pack_or_a_folder_of_packs(pack):
    assert called("lint", pack) == (0, ["1 packs clean, 0 errors, 0 warnings."])
    spoil(pack / "pack.yaml", "copies == 0", "kopies == 0")
    spoil(pack / "pack.yaml", "level: hard, source: record", "level: hard")
    wrong = "49:44: “kopies” is no question; name a question asked earlier [condition]"
    hint = "25:14: an age of the law has no source; add “source:” [no-source]"
    assert called("lint", pack.parent) == (
        1,
        [
            f"1.000001/pack.yaml:{wrong}",
            f"warning: 1.000001/pack.yaml:{hint}",
            "0 packs clean, 1 errors, 1 warnings.",
        ],
    )
    assert called("lint", "--no-warnings", pack) == (
        1,
        [f"pack.yaml:{wrong}", "0 packs clean, 1 errors, 0 warnings."],
    )


@pytest.mark.pure
def test_lint_speaks_json(pack):
    spoil(pack / "pack.yaml", "longest: 10,", "longer: 10,")
    code, lines = called("lint", "--json", pack)
    assert (code, json.loads("\n".join(lines))) == (
        1,
        {
            "packs": 0,
            "errors": [
                {
                    "file": "pack.yaml",
                    "line": 28,
                    "column": 29,
                    "rule": "format",
                    "what": "unknown key “longer”",
                    "advice": "did you mean “longest”?",
                }
            ],
            "warnings": [],
        },
    )


@pytest.mark.pure
@pytest.mark.parametrize("verb", ["lint", "test"])
def test_a_folder_that_is_not_there_is_a_wrong_call(verb, tmp_path):
    with pytest.raises(CommandError, match="There is no folder") as refused:
        called(verb, tmp_path / "nowhere")
    assert refused.value.returncode == 2


@pytest.mark.pure
def test_test_walks_every_case_and_says_what_came_instead(pack):
    assert called("test", pack) == (0, ["1 cases right, 0 wrong; 0 packs have none."])
    spoil(pack / "tests" / "divorced.yaml", "note: needed", "note: not_needed")
    assert called("test", pack.parent) == (
        1,
        [
            "1.000001/tests/divorced.yaml: Divorced: papers.note: expected not_needed, got needed",
            "0 cases right, 1 wrong; 0 packs have none.",
        ],
    )


@pytest.mark.pure
def test_build_writes_the_document_that_is_hashed(pack, tmp_path):
    code, lines = called("build", pack, "--out", tmp_path / "out")
    target = tmp_path / "out" / "1.000001" / "pack.json"
    content = from_json(json.loads(target.read_text(encoding="utf-8")))
    assert (code, lines) == (0, [f"{edition_hash(content)}  {target}"])
    assert canonical_json(content) == target.read_text(encoding="utf-8")
    picture = (pack / "media" / "steps.send.svg").read_bytes()
    assert content.media == {"steps.send.svg": sha256(picture).hexdigest()}


@pytest.mark.pure
@pytest.mark.parametrize(
    ("name", "first"), [("1.123456", "kind: procedure"), ("svc.new-one", "kind: service")]
)
def test_new_gives_a_clean_pack_of_that_name(name, first, tmp_path):
    code, lines = called("new", tmp_path / name)
    assert (code, len(lines)) == (0, 6)
    assert first in (tmp_path / name / "pack.yaml").read_text(encoding="utf-8")
    assert called("lint", tmp_path / name) == (0, ["1 packs clean, 0 errors, 0 warnings."])
    assert called("test", tmp_path / name) == (0, ["1 cases right, 0 wrong; 0 packs have none."])
    with pytest.raises(CommandError, match="is there already"):
        called("new", tmp_path / name)


@pytest.mark.pure
def test_new_wants_a_code_for_a_name(tmp_path):
    with pytest.raises(CommandError, match="Name the folder by the code"):
        called("new", tmp_path / "marriage")


@pytest.mark.pure
def test_schema_prints_the_published_schema():
    code, lines = called("schema")
    assert (code, json.loads("\n".join(lines))["$id"]) == (0, "urn:donghanh:pack:2")


@pytest.mark.django_db
def test_two_people_publish_what_is_clean_and_confirmed(pack):
    ward = make.ward()
    officer, author = make.member(ward, "officer"), make.member(ward, "volunteer")
    people = ("--officer", officer.username, "--author", author.username)
    code, lines = called("publish", pack, *people)
    edition = Edition.objects.get(procedure__code="1.000001")
    assert (code, lines) == (0, [f"1.000001: edition 1 published, {edition.hash}"])
    entry = JournalEntry.objects.get(verb="edition.publish", subject_id=edition.pk)
    assert json.loads(entry.facts_json) == {
        "procedure": "1.000001",
        "number": 1,
        "hash": edition.hash,
        "author": str(author.pk),
    }
    assert called("publish", pack, *people)[1] == [f"1.000001: edition 1 holds already, {edition.hash}"]


@pytest.mark.django_db
def test_unverified_facts_are_listed_and_nothing_is_published_until_confirmed(pack):
    ward = make.ward()
    people = ("--officer", make.member(ward, "officer").username, "--author", make.member(ward).username)
    spoil(pack / "pack.yaml", "days: 3, source: record", "days: 3, source: record, confidence: GK")
    assert called("publish", pack, *people) == (
        1,
        [
            "1.000001: time_limit is unverified (record, GK)",
            "1.000001: check these 1 facts, then add --confirm-unverified",
            "Nothing was published.",
        ],
    )
    assert not Edition.objects.filter(procedure__code="1.000001").exists()
    assert called("publish", pack, *people, "--confirm-unverified")[0] == 0
    assert Edition.objects.filter(procedure__code="1.000001").count() == 1


@pytest.mark.django_db
def test_a_failing_case_or_one_person_alone_publishes_nothing(pack):
    ward = make.ward()
    officer, volunteer = make.member(ward, "officer"), make.member(ward)
    with pytest.raises(CommandError, match="two people"):
        called("publish", pack, "--officer", officer.username, "--author", officer.username)
    with pytest.raises(CommandError, match="Your role does not allow this"):
        called("publish", pack, "--officer", volunteer.username, "--author", officer.username)
    with pytest.raises(CommandError, match="no active member"):
        called("publish", pack, "--officer", "nobody", "--author", officer.username)
    spoil(pack / "tests" / "divorced.yaml", "note: needed", "note: not_needed")
    code, lines = called("publish", pack, "--officer", officer.username, "--author", volunteer.username)
    assert (code, lines[-1]) == (1, "Nothing was published.")
    assert not Edition.objects.filter(procedure__code="1.000001").exists()


@pytest.mark.django_db
def test_diff_compares_folders_and_published_editions(pack, tmp_path):
    ward = make.ward()
    people = ("--officer", make.member(ward, "officer").username, "--author", make.member(ward).username)
    called("publish", pack, *people)
    newer = Path(shutil.copytree(pack, tmp_path / "newer" / "1.000001"))
    spoil(newer / "pack.yaml", "[divorced, widowed, not_ended]", "[divorced, not_ended]")
    spoil(newer / "forms" / "portal-practice.yaml", ", widowed: qd", "")
    for language in ("vi", "fr", "en"):
        file = newer / "texts" / f"{language}.yaml"
        words = file.read_text(encoding="utf-8")
        gone = words[words.index(", widowed: ") : words.index(", not_ended: ")]
        spoil(file, gone, "")
    assert called("diff", "1.000001", pack) == (0, ["0 changes: 0 questions may be asked again, 0 are new."])
    expected = [
        "choice_removed questions.ended: widowed → nothing; asked again of those who chose it",
        "portal_changed portal_maps.practice.ly_do: "
        + " → ".join(
            "name: ly_do, label: Lý do, kind: select, value: (questions: ended),"
            f" options: divorced: lh, not_ended: ch{widowed}, when: married"
            for widowed in (", widowed: qd", "")
        )
        + "; no answer is touched",
        "2 changes: 1 questions may be asked again, 0 are new.",
    ]
    assert called("diff", "1.000001", newer) == (0, expected)
    called("publish", newer, *people)
    assert called("diff", "1.000001@1", "1.000001") == (0, expected)
    assert json.loads("\n".join(called("diff", "--json", "1.000001@1", "1.000001@2")[1]))[0]["choices"] == [
        "widowed"
    ]
    with pytest.raises(CommandError, match="neither a folder nor a published edition"):
        called("diff", "1.000001@7", pack)


def with_layout(pack: Path, box: str) -> None:
    """Print the form of the sound pack on a layout, each value in a box of this size."""
    (pack / "forms" / "layout.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 210 297">'
        '<rect x="10" y="10" width="190" height="277" fill="none" stroke="black"/></svg>\n',
        encoding="utf-8",
    )
    (pack / "forms" / "declaration.yaml").write_text(
        "heading: TỜ KHAI\nlaw: Own example\nbackground: layout.svg\nparts:\n"
        "  - {kind: line, labels: [Họ tên], values: [{questions: [bride_name]}], box: [200, 300, 1500, 80]}\n"
        f"  - {{kind: line, labels: [Họ tên], values: [{{questions: [groom_name]}}], box: {box}}}\n",
        encoding="utf-8",
    )


@pytest.mark.pure
def test_lint_fills_every_box_of_an_official_layout_with_the_longest_answer(pack):
    with_layout(pack, "[200, 400, 1500, 80]")
    assert called("lint", pack) == (0, ["1 packs clean, 0 errors, 0 warnings."])
    with_layout(pack, "[200, 400, 60, 30]")
    assert called("lint", pack.parent) == (
        1,
        [
            "1.000001/forms/declaration.yaml:6:78: the longest answer does not fit this box; make the box larger [overflow]",
            "0 packs clean, 1 errors, 0 warnings.",
        ],
    )


@pytest.mark.pure
def test_questions_go_out_as_a_spreadsheet_and_come_in_again(pack, tmp_path):
    code, lines = called("export-xlsform", pack, tmp_path / "out.xlsx")
    assert (code, lines[-1]) == (0, f"8 questions written to {tmp_path / 'out.xlsx'}.")
    older = tmp_path / "1.000002"
    (older / "texts").mkdir(parents=True)
    (older / "pack.yaml").write_text(PACK.replace("1.000001", "1.000002"), encoding="utf-8")
    for language in ("vi", "fr", "en"):
        (older / "texts" / f"{language}.yaml").write_text(TEXTS, encoding="utf-8")
    code, lines = called("import-xlsform", tmp_path / "out.xlsx", older)
    assert (code, lines[0].partition(" and ")[0]) == (0, "8 questions")
    assert "groom_born" in (older / "pack.yaml").read_text(encoding="utf-8")

    refused = called("import-xlsform", tmp_path / "out.xlsx", pack)
    again = "survey:1: the pack has questions already; begin with one that has none"
    assert refused == (1, [again, "Nothing was written."])
    with pytest.raises(CommandError, match="Name a workbook"):
        called("import-xlsform", tmp_path / "none.xlsx", older)
