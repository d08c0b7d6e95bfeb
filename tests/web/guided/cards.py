"""A card of an invented person before the camera: pictures of it, and a film of one of them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import segno
from PIL import Image
from playwright.sync_api import Browser, Playwright

from tests.browser import FLAGS

CARD = "092150001234|361234567|Nguyễn Thị Ánh Tuyết Đỗ|01021950|Nữ|Tổ 5, Phường Cái Răng, Thành phố Cần Thơ|10052021"
FRAME = (1280, 720)
FRAMES = 30
GREY = (190, 186, 178)


def card_picture(text: str = CARD, *, side: int = 420, turned: int = 0) -> Image.Image:
    """A grey table with the code of a card on it, `side` pixels wide, turned by degrees."""
    code = io.BytesIO()
    segno.make(text, error="m", encoding="utf-8").save(code, kind="png", scale=8, border=4)
    square = Image.open(code).convert("RGB").resize((side, side), Image.Resampling.LANCZOS)
    picture = Image.new("RGB", FRAME, GREY)
    laid = square.rotate(turned, expand=True, fillcolor=GREY, resample=Image.Resampling.BICUBIC)
    picture.paste(laid, ((FRAME[0] - laid.width) // 2, (FRAME[1] - laid.height) // 2))
    return picture


def jpeg(picture: Image.Image) -> bytes:
    """The picture as a phone would keep it."""
    raw = io.BytesIO()
    picture.save(raw, "JPEG", quality=85)
    return raw.getvalue()


def filmed_by(playwright: Playwright, program: str, film: Path, picture: Image.Image, **more: Any) -> Browser:
    """A Chromium whose camera sees this picture all the time."""
    film.write_bytes(jpeg(picture) * FRAMES)
    camera = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    return playwright.chromium.launch(executable_path=program, args=[*FLAGS, *camera], **more)
