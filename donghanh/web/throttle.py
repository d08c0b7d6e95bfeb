"""Counts failed tries of one thing and says how long to wait. Kept in the cache shared by all processes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address, ip_network

from django.core.cache import cache
from django.http import HttpRequest

from donghanh.kernel import clock
from donghanh.kernel.errors import Refusal

IPV6_NETWORK = 64


class TooManyTries(Refusal):
    """Too many wrong tries. Fact: minutes to wait."""

    message = (
        "Too many tries. Please wait {minutes} minutes, then try again. Your coordinator can help at once."
    )
    status = 429


@dataclass(frozen=True)
class Throttle:
    """At most `most` failures of one key within `seconds`; then a pause of as many seconds."""

    name: str
    most: int
    seconds: int

    def check(self, *keys: str) -> None:
        """Refuse with TooManyTries when any of the keys has used up its tries."""
        now = clock.now().timestamp()
        for key in keys:
            failures, until = cache.get(self._place(key), (0, 0.0))
            if failures >= self.most and until > now:
                raise TooManyTries(minutes=max(1, -(-int(until - now) // 60)))

    def failed(self, *keys: str) -> None:
        """Count a failure of each key."""
        now = clock.now().timestamp()
        for key in keys:
            failures, until = cache.get(self._place(key), (0, 0.0))
            failures = failures + 1 if until > now else 1
            cache.set(self._place(key), (failures, now + self.seconds), self.seconds)

    def succeeded(self, *keys: str) -> None:
        """Forget the failures of these keys."""
        cache.delete_many([self._place(key) for key in keys])

    def _place(self, key: str) -> str:
        return f"throttle:{self.name}:{hashlib.sha256(key.encode()).hexdigest()}"


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, to count by: of IPv6 the network, for whoever has one has 2⁶⁴ addresses.

    Never a header: behind a proxy the server itself has put the client's address here.
    """
    said = str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ip_address(said)
    except ValueError:
        return said
    if isinstance(address, IPv4Address):
        return said
    return str(address.ipv4_mapped or ip_network((address, IPV6_NETWORK), strict=False))
