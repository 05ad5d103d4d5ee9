"""A note beside the bundle on the draft that was begun for it, so that a run that was cut off is taken up again."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from aussage.release.deposit.errors import DepositError


@dataclass(frozen=True, slots=True)
class Note:
    """The note of one bundle for one server.

    The list of depositions comes from a search index that lags behind. A draft that a run made just before it was
    cut off may be missing there; the note says that one was begun, and its number as soon as it is known.
    """

    path: Path
    base: str

    @classmethod
    def beside(cls, bundle: Path, base: str) -> Note:
        """The note of a bundle."""
        host = "".join(letter if letter.isalnum() else "-" for letter in base.split("://")[-1])
        return cls(bundle.with_name(f".{bundle.name}.{host}.json"), base)

    def begin(self) -> None:
        """Say that a draft is about to be made."""
        self._write(None)

    def remember(self, number: int) -> None:
        """Say which draft it is."""
        self._write(number)

    def read(self) -> tuple[bool, int | None]:
        """Whether a draft was begun, and its number if it is known; a note that cannot be read says nothing."""
        try:
            record = json.loads(self.path.read_bytes())
            number = record["number"]
            begun = record["server"] == self.base
        except (OSError, ValueError, KeyError, TypeError):
            return False, None
        return begun, number if begun and isinstance(number, int) and not isinstance(number, bool) else None

    def forget(self) -> None:
        """Remove the note."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def _write(self, number: int | None) -> None:
        beside = self.path.with_name(f"{self.path.name}.new")
        text = json.dumps({"server": self.base, "number": number}) + "\n"
        try:
            beside.write_text(text, encoding="utf-8")
            beside.replace(self.path)
        except OSError as error:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise DepositError(
                f"the note on the draft cannot be written to {self.path} ({error.strerror}); "
                "put the bundle into a folder in which you may write"
            ) from None
