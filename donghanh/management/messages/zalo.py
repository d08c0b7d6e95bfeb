"""Zalo template messages (ZNS), in the shape Zalo documents.

POST https://business.openapi.zalo.me/message/template with header `access_token` and JSON phone (84…), template_id,
template_data, tracking_id; answer {"error": 0, "message": …, "data": {"msg_id": …}} (developers.zalo.me, Zalo
Notification Service, as used by several public clients; read 2026-11; M). Error numbers: −124 the access token is not
valid (M); −108 wrong phone, −118 no Zalo account, −114 inactive (GK). The template must be approved by Zalo and have the
parameters thu_tuc, ma_ho_so, noi_dung. The access token lives 25 hours (GK): DONGHANH_ZALO_TOKEN_FILE names a file that
the ward's own renewal keeps fresh. Tested on a local server that speaks this shape, never with Zalo itself.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from django.conf import settings

from donghanh.kernel.outbox import Hopeless
from donghanh.management.messages.wire import NotReached, post
from donghanh.management.messages.words import Message

NEVER = {-108, -114, -118}
LONGEST_VALUE = 200  # of a template's value (GK)


class Refused(Hopeless):
    """This number cannot be reached through Zalo."""


def send(address: str, message: Message) -> None:
    """One template message. Raises NotReached to be tried again, Refused for ever."""
    body = {
        "phone": "84" + address.removeprefix("0"),
        "template_id": settings.ZALO_TEMPLATE,
        "template_data": {
            "thu_tuc": message.procedure[:LONGEST_VALUE],
            "ma_ho_so": f"…{message.code_end}",
            "noi_dung": message.text[:LONGEST_VALUE],
        },
        "tracking_id": hashlib.sha256(message.key.encode()).hexdigest()[:48],
    }
    headers = {"Content-Type": "application/json", "access_token": _token()}
    raw = json.dumps(body, ensure_ascii=False).encode()
    reply = post(settings.ZALO_URL, raw, headers, is_ours=True)
    error = reply.json().get("error")
    if error == 0:
        return
    if error in NEVER:
        raise Refused(str(error))
    raise NotReached(str(error))


def _token() -> str:
    try:
        return Path(settings.ZALO_TOKEN_FILE).read_text().strip()
    except OSError:
        raise NotReached("token") from None
