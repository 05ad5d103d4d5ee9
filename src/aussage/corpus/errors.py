"""The one error that reading a corpus raises, and the one warning."""

import os
import shlex
from collections.abc import Iterable


class CorpusError(Exception):
    """A corpus cannot be found or read; the message says what was wrong, where, and how to mend it."""


class TextFreeEdition(UserWarning):
    """A corpus was loaded that comes without the texts of its articles; the message says how to put them back."""


PUT_BACK = "put them back from your own copies: aussage rehydrate BUNDLE --text FILE…"


def how_to_put_back(folder: str | os.PathLike[str]) -> str:
    """The advice for one corpus: with its folder, which a user of an installed package does not know."""
    return PUT_BACK.replace("BUNDLE", shlex.quote(os.fspath(folder)))


def unknown(what: str, wanted: object, known: Iterable[str], more: str = "") -> CorpusError:
    """The error for a name that is not there: it shows the nearest names, or else the first of all."""
    from aussage.diagnostics import nearest

    names = list(known)
    near = nearest(str(wanted), names) if str(wanted) else []
    hint = ""
    if near:
        hint = f"; did you mean {' or '.join(map(repr, near))}?"
    elif names:
        hint = f"; there are {', '.join(names[:20])}" + (f" and {len(names) - 20} more" if len(names) > 20 else "")
    return CorpusError(f"there is no {what} {wanted!r}{hint}{more}")
