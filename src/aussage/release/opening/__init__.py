"""Anything that a user names becomes a readable corpus folder; what strangers made is refused whole if it is unsafe."""

from aussage.release.opening.naming import opened
from aussage.release.opening.refusal import NotFound, Refused

__all__ = ["NotFound", "Refused", "opened"]
