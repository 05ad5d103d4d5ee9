"""Why something that a user named is not opened."""

from __future__ import annotations

from collections.abc import Sequence

from aussage.corpus.errors import CorpusError

SHOWN = 20


class Refused(CorpusError):
    """A bundle, folder or revision is not used, as a whole; `problems` are all that was found, one sentence each."""

    def __init__(
        self, what: str, problems: Sequence[str], mend: str = "get it anew from where it was published"
    ) -> None:
        self.problems = list(problems)
        shown = [f"- {problem}" for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            shown.append(f"- and {len(self.problems) - SHOWN:,} more")
        super().__init__("\n".join([f"{what} is refused as a whole, and nothing of it was kept; {mend}:", *shown]))


class NotFound(CorpusError):
    """A name means nothing here, or several things; the message says what was looked for."""
