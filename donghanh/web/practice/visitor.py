"""Who is at the practice portal: a browser's random word, the invented account it plays, the trainer's wishes.

All of it lies in the browser's session; nobody needs an account of this product.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from donghanh.kernel import clock
from donghanh.practice.rules.invented import ACCOUNTS, Invented
from donghanh.web.access import for_everyone

KEY = "practice"
SIGNED_IN_SECONDS = 30 * 60
ONES_OWN = ("account", "playing", "until")

View = Callable[..., HttpResponse]


class Visitor:
    """This browser at the practice portal. Reading writes nothing; setting is for POSTs."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.kept: dict[str, Any] = dict(request.session.get(KEY, {}))

    def __getitem__(self, name: str) -> Any:
        return self.kept.get(name, "")

    def keep(self, **facts: Any) -> None:
        """Note facts in the session; a browser gets its random words with the first."""
        self.kept.setdefault("owner", secrets.token_urlsafe(18))
        self.kept.setdefault("seed", secrets.token_hex(4))
        self.kept.update(facts)
        self.request.session[KEY] = self.kept

    def sign_in(self) -> None:
        """The card was chosen and the code typed."""
        self.keep(account=self["playing"], playing="", until=clock.now().timestamp() + SIGNED_IN_SECONDS)

    def sign_out(self) -> None:
        """Leave the invented account; dossiers of this browser stay until the day is over."""
        self.keep(**dict.fromkeys(ONES_OWN, ""), seed=secrets.token_hex(4))

    @property
    def account(self) -> Invented | None:
        """The invented person signed in, unless the session has run out."""
        if not self["account"] or clock.now().timestamp() > float(self["until"] or 0):
            return None
        return ACCOUNTS.get(self["account"])


def portal_page(view: View) -> View:
    """A page of the portal: open to all; shut when the trainer asked for maintenance."""

    @for_everyone
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visitor = Visitor(request)
        if visitor["maintenance"]:
            return shown(request, visitor, "maintenance", status=503)
        return view(request, visitor, *args, **kwargs)

    return guarded


def account_page(view: View) -> View:
    """A page for a signed-in invented person; others are sent to sign in and come back to the form they wanted."""

    @portal_page
    @wraps(view)
    def guarded(request: HttpRequest, visitor: Visitor, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and visitor["expire"]:
            visitor.sign_out()
            visitor.keep(expire=False, expired=True)
            return redirect("practice-sign-in")
        if visitor.account is None:
            wanted = str(kwargs.get("code", ""))
            if visitor["account"] and request.method == "POST":
                visitor.keep(expired=True, account="", wanted=wanted)
                return redirect("practice-sign-in")
            return redirect(f"{_sign_in_address()}?form={wanted}" if wanted else _sign_in_address())
        return view(request, visitor, *args, **kwargs)

    return guarded


def shown(
    request: HttpRequest, visitor: Visitor, page: str, *, status: int = 200, **facts: Any
) -> HttpResponse:
    """A page in the portal's own look."""
    context = {
        "account": visitor.account,
        "visitor": visitor.kept,
        "portal_name": _("Practice portal"),
        **facts,
    }
    return render(request, f"practice/{page}.html", context, status=status)


def _sign_in_address() -> str:
    return redirect("practice-sign-in").url
