"""Which program, in which version, has read a page."""

from importlib.metadata import version

__all__ = ["named_with_version"]


def named_with_version(name: str) -> str:
    """Return the name of an installed program with its version, such as `newsextract 0.1.0`."""
    return f"{name} {version(name)}"
