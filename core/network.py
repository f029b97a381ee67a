"""From which network address a request comes: the one thing every limit by address counts by."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest

Address = IPv4Address | IPv6Address


def client_address(request: HttpRequest) -> str:
    """The address of the client.

    `X-Forwarded-For` can be sent by anybody, so it is believed only as far as proxies of `TRUSTED_PROXIES` wrote it:
    each appends, on the right, whom it heard from. Walking from there to the left, the first address that is no
    trusted proxy is the client; what stands further left is the client's own word. Without trusted proxies it is
    whoever is connected.
    """
    nearest = str(request.META.get("REMOTE_ADDR", ""))
    known = read(nearest)
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while known is not None and trusted(known) and said:
        before = read(said.pop())
        if before is None:  # not written by one of ours: whoever sent it is the client as far as is known
            break
        known = before
    return nearest if known is None else str(known)


def read(text: str) -> Address | None:
    """An address as proxies write it: with a port, in brackets, IPv4 within IPv6. None: it is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def trusted(address: Address) -> bool:
    """Whether a proxy of ours has this address."""
    return any(address in network for network in settings.TRUSTED_PROXIES)
