"""Web push against the RFC's own example and an independent implementation."""

from __future__ import annotations

import base64
import json

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from donghanh.kernel.push_key import public_key
from donghanh.management.messages import web_push


def opened(text: str) -> bytes:
    """base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_example_of_rfc_8291_is_sealed_to_the_same_bytes():
    sender = ec.derive_private_key(
        int.from_bytes(opened("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), ec.SECP256R1()
    )
    receiver = opened(
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
    )
    body = web_push.sealed(
        b"When I grow up, I want to be a watermelon",
        receiver,
        opened("BTBZMqHH6r4Tts7J_aSIgg"),
        sender=sender,
        salt=opened("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert body == opened(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
        "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@pytest.mark.parametrize("plain", ["", "Hồ sơ …7788 đã xong.", "ễ" * 900])
def test_another_implementation_opens_what_is_sealed(plain: str):
    browser = ec.generate_private_key(ec.SECP256R1())
    secret = b"0123456789abcdef"
    point = browser.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    body = web_push.sealed(plain.encode(), point, secret)
    read = http_ece.decrypt(body, private_key=browser, auth_secret=secret, version="aes128gcm")
    assert read.decode() == plain


def test_the_token_is_for_the_push_service_alone_and_another_implementation_verifies_it():
    endpoint = "https://push.example/send/abc?x=1"
    token = web_push.token(endpoint, now=1_800_000_000)
    assert Vapid02.verify(f"vapid t={token},k={public_key()}")
    claims = json.loads(opened(token.split(".")[1]))
    assert claims == {"aud": "https://push.example", "exp": 1_800_043_200, "sub": "mailto:donghanh@localhost"}
    head, rest = token.split(".", 1)
    assert not Vapid02.verify(f"vapid t={head}.x{rest},k={public_key()}")


def test_the_key_of_an_installation_stays_the_same():
    assert public_key() == public_key()
    assert len(opened(public_key())) == 65
