"""The token of a Zenodo account: from the environment or a keyring, and never shown."""

from __future__ import annotations

import importlib
import os
import re

SERVICE = "aussage"
VARIABLES = {False: "ZENODO_TOKEN", True: "ZENODO_SANDBOX_TOKEN"}
NAMES = {False: "zenodo", True: "zenodo-sandbox"}
LETTERS = re.compile(r"[\x21-\x7e]{8,512}")
HIDDEN = "[token]"


class Token:
    """A token that does not show itself: not when printed, not in a record, not in an error."""

    __slots__ = ("_secret",)

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def __repr__(self) -> str:
        return HIDDEN

    def __reduce__(self) -> tuple[type, tuple[str]]:
        raise TypeError("a token is not stored")

    @property
    def authorization(self) -> str:
        """The value of the header that identifies the account."""
        return f"Bearer {self._secret}"

    def removed_from(self, text: str) -> str:
        """`text` without the token, should somebody have put it there."""
        return text.replace(self._secret, HIDDEN)


def find_token(sandbox: bool) -> Token | str:
    """The token for Zenodo or for its sandbox, from the environment, else the keyring; or why there is none."""
    variable, name = VARIABLES[sandbox], NAMES[sandbox]
    secret = os.environ.get(variable, "").strip() or _from_keyring(name)
    if not secret:
        return (
            f"there is no token: set {variable} in the environment, or keep one with "
            f"`keyring set {SERVICE} {name}`; it needs the scopes deposit:write and deposit:actions"
        )
    if not LETTERS.fullmatch(secret):
        return f"the token in {variable} or the keyring is none: 8 to 512 plain characters without spaces are expected"
    return Token(secret)


def _from_keyring(name: str) -> str:
    """What the keyring has under that name; nothing if there is no keyring or it stays shut."""
    try:
        keyring = importlib.import_module("keyring")
    except ImportError:
        return ""
    try:
        return str(keyring.get_password(SERVICE, name) or "").strip()
    except Exception:  # each backend has errors of its own, and what they say may hold what is secret
        return ""
