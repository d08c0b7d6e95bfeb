"""Text messages through eSMS.vn, customer-care type, in the shape its developer pages document.

POST …/MainService.svc/json/SendMultipleMessage_V4_post_json/ with ApiKey, SecretKey, Phone, Content, Brandname,
SmsType "2", IsUnicode, Sandbox, RequestId; answer {"CodeResult": "100", "SMSID": …} when taken
(developers.esms.vn, Send OTP/Customer care message; read 2026-11; M). Codes other than 100 from the same pages'
table of errors and from general knowledge (GK): 124 the RequestId came before. A provider with another shape gets
another module; tested here on a local server that speaks this one, never with the provider itself.
"""

from __future__ import annotations

import hashlib
import json

from django.conf import settings

from donghanh.kernel.outbox import Hopeless
from donghanh.management.messages.wire import NotReached, post
from donghanh.management.messages.words import Message

TAKEN = {"100", "124"}
# Wrong key, locked account, no money, unknown sender: the ward must mend it, and then it may go out after all.
LATER = {"99", "101", "102", "103", "104", "177"}


class Refused(Hopeless):
    """The provider will not carry this message to this number."""


def send(address: str, message: Message) -> None:
    """One text message. Raises NotReached to be tried again, Refused for ever."""
    unicode = settings.SMS_UNICODE
    body = {
        "ApiKey": settings.SMS_API_KEY,
        "SecretKey": settings.SMS_SECRET,
        "Phone": address,
        "Content": message.text if unicode else message.plain,
        "Brandname": settings.SMS_BRAND,
        "SmsType": "2",
        "IsUnicode": "1" if unicode else "0",
        "Sandbox": "1" if settings.DEMO else "0",
        "RequestId": hashlib.sha256(message.key.encode()).hexdigest()[:40],
    }
    raw = json.dumps(body, ensure_ascii=False).encode()
    reply = post(settings.SMS_URL, raw, {"Content-Type": "application/json"}, is_ours=True)
    code = str(reply.json().get("CodeResult", ""))
    if reply.status == 200 and code in TAKEN:
        return
    if code in LATER or not code:
        raise NotReached(code)
    raise Refused(code)
