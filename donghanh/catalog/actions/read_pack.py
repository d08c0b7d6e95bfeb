"""Read a pack folder into the content of an edition, or say everything that is wrong with it.

Nothing is written anywhere: a pack is whole and right, or it is refused with every problem at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from donghanh.catalog.actions.pack_case_schema import CaseIn
from donghanh.catalog.actions.pack_cases import checked_cases
from donghanh.catalog.actions.pack_checks import checked_pack
from donghanh.catalog.actions.pack_conditions import compiled
from donghanh.catalog.actions.pack_content import content_of
from donghanh.catalog.actions.pack_draft import Draft
from donghanh.catalog.actions.pack_files import other_files, read_files
from donghanh.catalog.actions.pack_form_schema import FormIn, PortalMapIn
from donghanh.catalog.actions.pack_forms import checked_forms
from donghanh.catalog.actions.pack_guidance import questions_of
from donghanh.catalog.actions.pack_journey import checked_journey
from donghanh.catalog.actions.pack_media import read_media
from donghanh.catalog.actions.pack_money import checked_money
from donghanh.catalog.actions.pack_questions import checked_questions
from donghanh.catalog.actions.pack_schema import PackIn
from donghanh.catalog.actions.pack_shape import shaped
from donghanh.catalog.actions.pack_texts import Written, checked_texts, flat
from donghanh.catalog.actions.pack_yaml import Node, Problem, Spot, parse
from donghanh.catalog.rules.content import LANGUAGES, EditionContent
from donghanh.catalog.rules.texts import optional_text_keys, text_keys
from donghanh.kernel.errors import Refusal

SHOWN = 50
Shape = TypeVar("Shape", bound=BaseModel)


class WrongPack(Refusal):
    """The pack is wrong; nothing was read from it. `problems` lists each as file:line:column."""

    message = "The pack “{pack}” has problems: {problems}"

    def __init__(self, pack: str, problems: list[Problem]) -> None:
        self.problems = sorted(dict.fromkeys(problems))
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"… and {len(self.problems) - SHOWN} more")
        super().__init__("\n".join(lines), pack=pack, problems=[str(problem) for problem in self.problems])


class Looked(NamedTuple):
    """What looking through a folder gave. Without a draft pack.yaml has no right shape; the content is
    whole only when there are no problems."""

    name: str
    draft: Draft | None
    content: EditionContent | None
    problems: list[Problem]


def read_pack(path: Path | str) -> EditionContent:
    """The content of this pack folder. Raises WrongPack with every problem found."""
    looked = look_through(path)
    if looked.content is None or looked.problems:
        raise WrongPack(looked.name, looked.problems)
    return looked.content


def read_all(path: Path | str) -> list[EditionContent]:
    """Every pack in this folder, by id. Raises one WrongPack for all of them together."""
    problems: list[Problem] = []
    contents: list[EditionContent] = []
    for pack in pack_folders(path):
        try:
            contents.append(read_pack(pack))
        except WrongPack as refused:
            problems += [inside_folder(pack.name, problem) for problem in refused.problems]
    problems += sector_clashes(contents)
    if problems:
        raise WrongPack(Path(path).name, problems)
    return contents


def pack_folders(path: Path | str) -> list[Path]:
    """The packs of this folder by name. Raises WrongPack when there is no such folder."""
    folder = Path(path)
    if not folder.is_dir():
        spot = Spot(folder.name)
        raise WrongPack(folder.name, [Problem(spot, "there is no such folder", "give the folder of packs")])
    return sorted(entry for entry in folder.iterdir() if entry.is_dir() and not entry.name.startswith("."))


def look_through(path: Path | str) -> Looked:
    """Read what can be read of this pack, and everything that is wrong with it."""
    folder = Path(path)
    # The name counts even when somebody says “.” or ends the path with a dot.
    folder = folder if folder.name else folder.resolve()
    files, problems = read_files(folder)
    trees: dict[str, Node] = {}
    for name, written in files.items():
        tree, found = parse(written, name)
        problems += found
        if tree is not None:
            trees[name] = tree
    media, found = read_media(folder, other_files(folder))
    problems += found
    texts = {
        language: flat(trees[name], problems)
        for language in LANGUAGES
        if (name := f"texts/{language}.yaml") in trees
    }
    draft = _draft(folder.name, trees, texts, media, problems)
    content = _content(draft, problems) if draft else None
    return Looked(folder.name, draft, content, problems)


def inside_folder(folder: str, problem: Problem) -> Problem:
    """The problem with the folder of its pack before the name of the file."""
    at = problem.spot
    name = at.file if at.file == folder else f"{folder}/{at.file}"
    return Problem(Spot(name, at.line, at.column), problem.what, problem.advice, problem.rule)


def sector_clashes(contents: list[EditionContent]) -> list[Problem]:
    """One sector under two names, in packs that are read together."""
    first: dict[tuple[str, str], tuple[str, str]] = {}
    problems = []
    for content in contents:
        for language in LANGUAGES:
            name = content.texts[language]["sector"]
            known, owner = first.setdefault((content.sector, language), (name, content.id))
            if name != known:
                spot = Spot(f"{content.id}/texts/{language}.yaml")
                what = f"sector “{content.sector}” is called “{name}” here, but “{known}” in {owner}"
                problems.append(Problem(spot, what, "give one sector one name"))
    return problems


def _draft(
    folder: str,
    trees: dict[str, Node],
    texts: Mapping[str, dict[str, Written]],
    media: Mapping[str, str],
    problems: list[Problem],
) -> Draft | None:
    if "pack.yaml" not in trees:
        return None
    pack, found = shaped(trees["pack.yaml"], PackIn)
    problems += found
    forms, maps = _every(trees, "forms/", FormIn, problems), {}
    if any(name.startswith("forms/portal-") for name in trees):
        maps = _every(trees, "forms/portal-", PortalMapIn, problems)
    cases = _every(trees, "tests/", CaseIn, problems)
    if pack is None:
        return None
    sources = {source.id: source for source in pack.sources}
    bare = questions_of(pack.questions, {}, sources)
    conditions, found = compiled(pack, forms, maps, bare, trees)
    problems += found
    return Draft(
        folder=folder,
        pack=pack,
        trees=trees,
        forms=forms,
        portal_maps=maps,
        cases={f"tests/{name}.yaml": case for name, case in cases.items()},
        texts=texts,
        media=media,
        questions=questions_of(pack.questions, conditions, sources),
        conditions=conditions,
    )


def _every(
    trees: Mapping[str, Node], prefix: str, model: type[Shape], problems: list[Problem]
) -> dict[str, Shape]:
    """The files whose names begin so, by the rest of the name; maps of portals are no forms."""
    read = {}
    for file, tree in trees.items():
        name = file.removeprefix(prefix).removesuffix(".yaml")
        if not file.startswith(prefix) or (model is FormIn and name.startswith("portal-")):
            continue
        found, wrong = shaped(tree, model)
        problems += wrong
        if found is not None:
            read[name] = found
    return read


def _content(draft: Draft, problems: list[Problem]) -> EditionContent:
    problems += checked_pack(draft)
    for check in (checked_questions, checked_journey, checked_money, checked_forms, checked_cases):
        problems += check(draft)
    words = {
        language: {key: written.text for key, written in found.items()}
        for language, found in draft.texts.items()
    }
    content = content_of(draft.pack, words, draft.conditions, draft.forms, draft.portal_maps, draft.media)
    vietnamese = draft.texts.get("vi", {})
    optional = optional_text_keys(content)
    said = [key for key in optional if key in vietnamese]
    unread = [f"forms.{name}" for name in draft.pack.forms if name not in draft.forms]
    for language, written in draft.texts.items():
        tree = draft.trees[f"texts/{language}.yaml"]
        needed = (*text_keys(content), *said)
        problems += checked_texts(written, tree, needed, (*optional, *unread))
        problems += [
            Problem(written[key].spot, f"text “{key}” has no Vietnamese", "add it to texts/vi.yaml", "texts")
            for key in optional
            if key in written and key not in vietnamese and vietnamese
        ]
    return content
