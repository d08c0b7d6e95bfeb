"""The longest sensible answer to each question, to see whether a form's boxes are large enough."""

from __future__ import annotations

from typing import Any

from donghanh.catalog.rules.content import EditionContent
from donghanh.catalog.rules.guidance import Question, QuestionType

# Names of six words exist; a line of an address names house, lane, street and hamlet.
LONG_NAME = "Nguyễn Phước Hoàng Ngọc Thị Quỳnh Nghiêng"
LONG_LINE = "Số 1234/56/78B, đường Nguyễn Thị Minh Khai nối dài, khu vực Thới Nguơn B, tổ dân phố số 17"
LONG_TEXT = "Ngường nghiêng nghệ "
USUAL_TEXT = 80
MOST_ROWS = 4
_VALUES: dict[QuestionType, Any] = {
    "name": LONG_NAME,
    "address": LONG_LINE,
    "date": "2024-12-28",
    "partial_date": "2024-12-28",
    "yes_no": True,
    "phone": "0912345678",
    "citizen_id": "001090123456",
    "area": "00000",
}


def longest_answers(content: EditionContent) -> dict[str, dict[str, Any]]:
    """Every question of an edition answered at full length."""
    return {one.id: _given(one, content, f"questions.{one.id}") for one in content.questions}


def _given(question: Question, content: EditionContent, root: str) -> dict[str, Any]:
    return {"state": "given", "value": _longest(question, content, root)}


def _longest(question: Question, content: EditionContent, root: str) -> Any:
    if question.type == "repeat":
        row = {one.id: _given(one, content, f"{root}.fields.{one.id}") for one in question.fields}
        return [row] * min(question.most or MOST_ROWS, MOST_ROWS)
    if question.type in ("integer", "money"):
        return question.most if question.most is not None else 100_000_000
    if question.type == "choices":
        return list(question.choices)
    if question.type == "choice":
        words = content.texts.get("vi", {})
        return max(question.choices, key=lambda one: len(words.get(f"{root}.choices.{one}", one)), default="")
    if question.type == "text":
        return _text(question.longest or USUAL_TEXT)
    value = _VALUES[question.type]
    return value[: question.longest].strip() if isinstance(value, str) and question.longest else value


def _text(letters: int) -> str:
    return (LONG_TEXT * (letters // len(LONG_TEXT) + 1))[:letters].strip()
