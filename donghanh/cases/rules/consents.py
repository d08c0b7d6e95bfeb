"""What a person is asked to agree to within one case: in which words, and the strokes of a signature."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from donghanh.kernel.errors import Invalid, Refusal

VERSION = "1"
MOST_STROKES, MOST_POINTS, WIDEST = 200, 6000, 2000
# Short, easy words, read aloud before the answer; a change of one word is a new version.
# Contents after Law 91/2025/QH15, art. 9 to 11: purpose, which data, how long, how to take it back (M).
TEXTS: dict[str, dict[str, str]] = {
    "fill_in_form": {
        "vi": "Tôi đồng ý để phường ghi các câu trả lời của tôi, chỉ để điền tờ khai của thủ tục này và khỏi hỏi"
        " lại tôi ở lần sau. Tôi tự nhập mật khẩu và mã xác thực. Phường xóa các câu trả lời khi hết hạn lưu."
        " Tôi có thể rút lại bất cứ lúc nào, khi đó các câu trả lời được xóa ngay.",
        "en": "I agree that the ward keeps my answers, only to fill in the form of this procedure and not to ask me"
        " the same again next time. I type passwords and codes myself. The ward erases the answers when the time is"
        " over. I can take this back at any time; then they are erased at once.",
        "fr": "J’accepte que la commune garde mes réponses, seulement pour remplir le formulaire de cette démarche et"
        " ne pas me reposer les mêmes questions la prochaine fois. Je tape moi-même mots de passe et codes. La"
        " commune efface les réponses à l’échéance. Je peux revenir dessus à tout moment ; elles sont alors"
        " effacées aussitôt.",
    },
    "tell_result": {
        "vi": "Tôi đồng ý để phường dùng số điện thoại hoặc địa chỉ tôi đưa hôm nay, chỉ để báo cho tôi về hồ sơ này."
        " Tin nhắn không hỏi mật khẩu hay mã OTP, không có đường dẫn lạ. Tôi có thể rút lại bất cứ lúc nào.",
        "en": "I agree that the ward uses the phone number or address I give today, only to tell me about this"
        " dossier. The message never asks for a password or a code and holds no strange link. I can take this back"
        " at any time.",
        "fr": "J’accepte que la commune utilise le numéro ou l’adresse donnés aujourd’hui, seulement pour m’informer de"
        " ce dossier. Le message ne demande ni mot de passe ni code et ne contient pas de lien inconnu. Je peux"
        " revenir dessus à tout moment.",
    },
}


class ConsentNeeded(Refusal):
    """Nothing personal is kept without the person's agreement to that purpose. Fact: purpose."""

    message = "The person has not agreed to this yet. Read the text aloud and write the answer down first."


class OtherText(Refusal):
    """The words that were shown are not the words of today; they must be read again."""

    message = "The words of this consent have changed. Please read them again."


def text_of(purpose: str, language: str) -> str:
    """What the person is asked, in their language, else in Vietnamese. KeyError for an unknown purpose."""
    return TEXTS[purpose].get(language, TEXTS[purpose]["vi"])


def hash_of(purpose: str, language: str) -> str:
    """SHA-256 of the words agreed to, kept as proof of the text."""
    return sha256(text_of(purpose, language).encode()).hexdigest()


def path_of(strokes: Sequence[Sequence[Sequence[int]]]) -> str:
    """An SVG path of the strokes: whole numbers from 0 to 2000, moves and lines only. Refuses with Invalid."""
    if not strokes or len(strokes) > MOST_STROKES or sum(map(len, strokes)) > MOST_POINTS:
        raise Invalid(field="strokes", problem=f"1–{MOST_STROKES} strokes, {MOST_POINTS} points")
    parts: list[str] = []
    for stroke in strokes:
        for place, point in enumerate(stroke):
            if len(point) != 2 or not all(type(one) is int and 0 <= one <= WIDEST for one in point):
                raise Invalid(field="strokes", problem=f"0–{WIDEST}")
            parts.append(f"{'L' if place else 'M'}{point[0]} {point[1]}")
    return "".join(parts)
