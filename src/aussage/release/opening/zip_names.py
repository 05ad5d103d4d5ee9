"""Names in a zip that would lead out of a folder, mean another file elsewhere, or mean the same file twice."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

LONGEST, LONGEST_PART = 1024, 255
DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9¹²³])( *\..*)?", re.IGNORECASE)
FORBIDDEN = frozenset('<>:"|?*')  # on Windows, where a colon also names a hidden stream of a file
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def fault_of_name(name: str) -> str | None:
    """Why a path (parts with `/`) cannot be written safely on every system; nothing if it can."""
    if not name or len(name) > LONGEST:
        return "its name is empty or too long"
    if "\0" in name:
        return "its name has a NUL character"
    if name.startswith("/"):
        return "its path is absolute"
    if re.match(r"[A-Za-z]:", name):
        return "its path begins with a drive letter"
    if "\\" in name:
        return "its path has a backslash, which is a separator on Windows"
    return next((fault for part in name.split("/") if (fault := _fault_of_part(part))), None)


def _fault_of_part(part: str) -> str | None:
    if part == "..":
        return "its path leads out of the folder (..)"
    if part in ("", "."):
        return "its path has an empty part or '.'"
    if part.startswith("~"):
        return "its path begins with ~, which may mean a home folder"
    if part.endswith((".", " ")) or part.startswith(" "):
        return "its path has a part with a space or dot at the edge, which Windows drops"
    if DEVICES.fullmatch(part):
        return f"its path names a device of Windows ({part})"
    if FORBIDDEN & set(part):
        return "its path has a character that Windows forbids"
    if any(unicodedata.category(character) in INVISIBLE for character in part):
        return "its path has a control character or an invisible one"
    return "its path has a part that is too long" if len(part.encode()) > LONGEST_PART else None


def collisions(names: Iterable[tuple[str, bool]]) -> Iterator[str]:
    """What is wrong with names together; each comes with whether it is a folder (written without `/` at its end)."""
    spelled: dict[str, set[str]] = defaultdict(set)
    count: dict[str, int] = defaultdict(int)
    files: set[str] = set()
    folders: set[str] = set()
    for name, is_folder in names:
        count[name] += 1
        parts = name.split("/")
        for length in range(1, len(parts) + 1):
            path = "/".join(parts[:length])
            spelled[_folded(path)].add(path)
            (files if length == len(parts) and not is_folder else folders).add(_folded(path))
    for name in sorted(name for name in count if count[name] > 1):
        yield f"{name} is in it {count[name]} times"
    for path in sorted(path for path, forms in spelled.items() if len(forms) > 1):
        forms = " and ".join(map(ascii, sorted(spelled[path])))
        yield f"{forms} differ only in case or Unicode form, and are one file on some systems"
    for path in sorted(files & folders):
        yield f"{min(spelled[path])} is a file and also a folder"


def _folded(path: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", path).casefold())
