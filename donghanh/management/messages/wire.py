"""One POST to a provider: bounded in time and size, no redirects, never into the house's own network."""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from donghanh.kernel.outbox import Hopeless

SECONDS = 10
MOST_SECONDS = 30
# What a network without IPv4 writes such addresses as (RFC 6052).
NAT64 = ipaddress.ip_network("64:ff9b::/96")
MOST_BYTES = 64 * 1024


class NotReached(Exception):
    """The provider did not answer, or said to come again later: the outbox tries once more."""


class AddressClosed(Hopeless):
    """An address that no message is sent to: not https, or inside the house's own network."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the provider answered."""

    status: int
    body: bytes

    def json(self) -> dict[str, Any]:
        """The body as an object; an empty one when it is none."""
        try:
            read = json.loads(self.body)
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}


def post(url: str, body: bytes, headers: Mapping[str, str], *, is_ours: bool = False) -> Reply:
    """POST and give the answer. `is_ours`: the address comes from the settings, not from a person.

    Raises AddressClosed for an address that may not be written to, NotReached for silence, 408, 429 and 5xx.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and not ((is_ours or settings.DEMO) and _is_loopback_name(parts.hostname)):
        raise AddressClosed
    address = _resolved(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
    if not is_ours and not is_outside(address) and not (settings.DEMO and address.is_loopback):
        raise AddressClosed
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        with _connected(parts.scheme, parts.hostname or "", parts.port, str(address)) as connection:
            connection.request("POST", path, body=body, headers={**headers, "Connection": "close"})
            answer = connection.getresponse()
            reply = Reply(answer.status, answer.read(MOST_BYTES))
    except (OSError, http.client.HTTPException) as silence:
        # The original error may repeat the address, which is personal.
        raise NotReached(type(silence).__name__) from None
    if reply.status in (408, 425, 429) or reply.status >= 500:
        raise NotReached(str(reply.status))
    return reply


def _is_loopback_name(host: str | None) -> bool:
    return host in {"localhost", "127.0.0.1", "::1"}


def _resolved(host: str, port: int) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The first address of this name. It is also the one connected to: a name cannot change its mind between."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotReached("name") from None
    return ipaddress.ip_address(found[0][4][0])


def is_outside(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether this is a machine of the open internet, the IPv4 address that an IPv6 one may carry included."""
    if address.is_multicast or not address.is_global:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return True
    carried = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in NAT64:
        carried.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return all(one.is_global for one in carried if one is not None)


@contextmanager
def _connected(
    scheme: str, host: str, port: int | None, address: str
) -> Iterator[http.client.HTTPConnection]:
    """A connection to an address chosen before; with https the certificate must be the name's.

    A receiver that sends a byte now and then never lets a socket time out: the whole exchange is bounded too.
    """
    port = port or (443 if scheme == "https" else 80)
    plain = socket.create_connection((address, port), SECONDS)
    line = plain.dup()
    watch = threading.Timer(MOST_SECONDS, _cut, (line,))
    watch.daemon = True
    watch.start()
    connection: http.client.HTTPConnection | None = None
    try:
        if scheme == "https":
            tls = ssl.create_default_context()
            connection = http.client.HTTPSConnection(host, port, context=tls)
            connection.sock = tls.wrap_socket(plain, server_hostname=host)
        else:
            connection = http.client.HTTPConnection(host, port)
            connection.sock = plain
        yield connection
    finally:
        watch.cancel()
        for end in (connection, plain, line):
            if end is not None:
                end.close()


def _cut(line: socket.socket) -> None:
    """End it for both sides; whoever waits on it is told."""
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
