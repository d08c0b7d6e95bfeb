"""Where a message may be carried to, and that no receiver can hold the carrier up."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterator

import pytest

from donghanh.management.messages import wire
from donghanh.management.messages.wire import AddressClosed, NotReached, is_outside, post
from tests.management.messages.providers import provider

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:f5ff:fffe",
    ],
)  # fmt: skip
def test_an_address_of_the_house_or_its_network_is_not_outside(address):
    assert not is_outside(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["203.162.4.190", "1.1.1.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_an_address_of_the_open_internet_is_outside(address):
    assert is_outside(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/", "ftp://example.org/", "file:///etc/passwd", "https://127.0.0.1/", "https://[::1]/",
        "https://[::ffff:127.0.0.1]/", "https://0x7f000001/", "https://2130706433/", "https://localhost:8443/",
    ],
)  # fmt: skip
def test_a_persons_address_never_leads_inside(url):
    with pytest.raises(AddressClosed):
        post(url, b"{}", {})


def test_the_place_to_which_a_receiver_points_is_not_asked():
    with provider((302, {})) as desk:
        assert post(f"{desk.url}/a", b"{}", {}, is_ours=True).status == 302
    assert [one.path for one in desk.sent] == ["/a"]


@pytest.fixture
def dripping() -> Iterator[int]:
    """The port of a receiver that sends a byte of its answer now and then, and never comes to an end."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            with server.accept()[0] as line:
                while not over.wait(0.02):
                    try:
                        line.send(b"H")
                    except OSError:
                        return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        over.set()
        thread.join()


def test_a_receiver_that_never_comes_to_an_end_is_cut_off(dripping: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(wire, "MOST_SECONDS", 0.2)
    with pytest.raises(NotReached):
        post(f"http://127.0.0.1:{dripping}/", b"{}", {}, is_ours=True)
