"""A page without a server: static files of the product are handed to a real Chromium as they lie on the disk."""

from __future__ import annotations

import mimetypes

from django.conf import settings
from playwright.sync_api import Browser, Page, Route

STATIC = settings.PACKAGE / "web" / "static"
ORIGIN = "https://donghanh.test"


def module_page(browser: Browser, *files: str, body: str = "") -> Page:
    """An empty page (or one with this body) that loads these modules, and may import any other static file."""
    scripts = "".join(f'<script type="module" src="/static/{file}"></script>' for file in files)
    html = f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>t</title>{scripts}<body>{body}'

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).partition("?")[0]
        file = STATIC / path.removeprefix("/static/")
        if path.startswith("/static/") and file.is_file():
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(body=file.read_bytes(), content_type=f"{kind}; charset=utf-8")
        elif path == "/":
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        else:
            route.fulfill(status=404)

    page = browser.new_page()
    page.route(f"{ORIGIN}/**", answer)
    page.goto(f"{ORIGIN}/", wait_until="networkidle")
    return page
