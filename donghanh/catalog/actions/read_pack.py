"""Read a pack folder into the content of an edition, or say everything that is wrong with it.

Nothing is written anywhere: a pack is whole and right, or it is refused with every problem at once.
"""

from __future__ import annotations

from pathlib import Path

from donghanh.catalog.actions.pack_checks import checked_pack
from donghanh.catalog.actions.pack_content import content_of
from donghanh.catalog.actions.pack_files import read_files
from donghanh.catalog.actions.pack_shape import shaped
from donghanh.catalog.actions.pack_texts import Written, checked_texts, flat
from donghanh.catalog.actions.pack_yaml import Node, Problem, Spot, parse
from donghanh.catalog.rules.content import LANGUAGES, EditionContent
from donghanh.catalog.rules.texts import text_keys
from donghanh.kernel.errors import Refusal

SHOWN = 50


class WrongPack(Refusal):
    """The pack is wrong; nothing was read from it. `problems` lists each as file:line:column."""

    message = "The pack “{pack}” has problems: {problems}"

    def __init__(self, pack: str, problems: list[Problem]) -> None:
        self.problems = sorted(dict.fromkeys(problems))
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"… and {len(self.problems) - SHOWN} more")
        super().__init__("\n".join(lines), pack=pack, problems=[str(problem) for problem in self.problems])


def read_pack(path: Path | str) -> EditionContent:
    """The content of this pack folder. Raises WrongPack with every problem found."""
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
    texts = {
        language: flat(trees[name], problems)
        for language in LANGUAGES
        if (name := f"texts/{language}.yaml") in trees
    }
    content = _content(folder, trees, texts, problems)
    if content is None or problems:
        raise WrongPack(folder.name, problems)
    return content


def read_all(path: Path | str) -> list[EditionContent]:
    """Every pack in this folder, by id. Raises one WrongPack for all of them together."""
    folder = Path(path)
    problems: list[Problem] = []
    contents: list[EditionContent] = []
    if not folder.is_dir():
        raise WrongPack(
            folder.name, [Problem(Spot(folder.name), "there is no such folder", "give the folder of packs")]
        )
    for pack in sorted(
        entry for entry in folder.iterdir() if entry.is_dir() and not entry.name.startswith(".")
    ):
        try:
            contents.append(read_pack(pack))
        except WrongPack as refused:
            problems += [_inside(pack.name, problem) for problem in refused.problems]
    problems += _sector_clashes(contents)
    if problems:
        raise WrongPack(folder.name, problems)
    return contents


def _content(
    folder: Path, trees: dict[str, Node], texts: dict[str, dict[str, Written]], problems: list[Problem]
) -> EditionContent | None:
    if "pack.yaml" not in trees:
        return None
    tree = trees["pack.yaml"]
    pack, found = shaped(tree)
    problems += found
    if pack is None:
        return None
    problems += checked_pack(pack, tree, folder.name)
    content = content_of(
        pack, {language: {key: w.text for key, w in found.items()} for language, found in texts.items()}
    )
    needed = text_keys(content)
    for language, written in texts.items():
        problems += checked_texts(written, trees[f"texts/{language}.yaml"], needed)
    return content


def _inside(folder: str, problem: Problem) -> Problem:
    at = problem.spot
    name = at.file if at.file == folder else f"{folder}/{at.file}"
    return Problem(Spot(name, at.line, at.column), problem.what, problem.advice)


def _sector_clashes(contents: list[EditionContent]) -> list[Problem]:
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
