"""Which network addresses are on the public internet, told from the address alone.

Names and their many spellings say nothing ("127.1", "0x7f000001", a public name that somebody
lets point to 127.0.0.1), so what is asked about is always what a name was resolved to.
"""

import ipaddress

__all__ = ["is_numeric", "kind_of_private"]

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# The IANA special-purpose registries (RFC 6890) and what later RFCs added, spelled out since
# what `ipaddress` calls global differs between versions of Python.
_KINDS: dict[str, tuple[str, ...]] = {
    "the address of a cloud's metadata service": ("169.254.169.254", "fd00:ec2::254"),
    "an address of this machine (loopback)": ("127.0.0.0/8", "::1"),
    "an unspecified address": ("0.0.0.0/8", "::"),
    "an address of a private network": (
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10",
    ),
    "a link-local address": ("169.254.0.0/16", "fe80::/10"),
    "an address behind a provider's shared NAT": ("100.64.0.0/10",),
    "a multicast address": ("224.0.0.0/4", "ff00::/8"),
    "an address reserved for special purposes": (
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "240.0.0.0/4", "64:ff9b:1::/48", "100::/64", "2001::/23",
        "2001:db8::/32", "3fff::/20", "5f00::/16",
    ),
}  # fmt: skip
_NETWORKS = [
    (kind, ipaddress.ip_network(network))
    for kind, networks in _KINDS.items()
    for network in networks
]
# All that was ever given out for the public internet (IANA, IPv6 Global Unicast Address Space).
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
# RFC 6052, 2.1; RFC 3056, 2; RFC 4291, 2.5.5.1: an IPv4 address in these is where they lead.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")


def is_numeric(host: str) -> bool:
    """Tell whether this is an address in its usual spelling, which nobody has to look up."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def kind_of_private(address: str) -> str | None:
    """Return what kind of address this is if it is not one of the public internet.

    `address` is numeric, as a resolver gives it, with or without the zone of an interface.
    """
    numeric = ipaddress.ip_address(address.partition("%")[0])
    inner = _within(numeric)
    if inner is not None:
        return _kind(numeric) or _kind(inner)
    if numeric.version == 6 and numeric not in _GLOBAL_UNICAST:
        return _kind(numeric) or "an address reserved for special purposes"
    return _kind(numeric)


def _kind(address: _Address) -> str | None:
    for kind, network in _NETWORKS:
        if address.version == network.version and address in network:
            return kind
    return None


def _within(address: _Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 one leads to."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64 or address in _COMPATIBLE:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
