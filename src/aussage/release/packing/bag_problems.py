"""What is wrong with a bag, told from the digests of its files and the text of its tag files alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

DATA, OXUM, FETCH, DECLARATION, INFO = "data/", "payload-oxum", "fetch.txt", "bagit.txt", "bag-info.txt"
TEXT = 64 << 20  # bytes of a tag file that are read; a line a file, so hundreds of thousands of files
VERSIONS = ("1.0", "0.97")
STRONG = ("sha256", "sha512")
WEAK = ("md5", "sha1")
MANIFEST = re.compile(r"(tag)?manifest-([a-z0-9_-]+)\.txt", re.ASCII)
LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+(.+)", re.ASCII)
ENCODED = {"%25": "%", "%0d": "\r", "%0a": "\n"}
DRIVE = re.compile(r"[A-Za-z]:", re.ASCII)


class FileFacts(NamedTuple):
    """The size of a file, and its digests by algorithm."""

    size: int
    digests: Mapping[str, str]


def is_tag(name: str) -> bool:
    """Whether a file of a bag says something about the bag, so that its text is needed."""
    return "/" not in name and (name in (DECLARATION, INFO, FETCH) or MANIFEST.fullmatch(name) is not None)


def algorithms(names: Iterable[str]) -> list[str]:
    """The algorithms of the manifests among the files, as far as they are known; at least one."""
    found = {match[2] for name in names if (match := MANIFEST.fullmatch(name))}
    return sorted(found & {*STRONG, *WEAK}) or [STRONG[0]]


def bag_problems(facts: Mapping[str, FileFacts], tags: Mapping[str, bytes]) -> list[str]:
    """What is wrong, one sentence each: `facts` of all files by path, `tags` the text of those that `is_tag` names."""
    problems = list(_declaration_problems(tags))
    if FETCH in tags:
        problems.append(f"{FETCH}: files would have to be fetched from elsewhere; a bundle carries all its files")
    manifests = [match for name in sorted(tags) if (match := MANIFEST.fullmatch(name))]
    if not any(match[2] in STRONG and not match[1] for match in manifests):
        problems.append(f"it has no manifest-{STRONG[0]}.txt, which names every file with its checksum")
    payload = {name for name in facts if name.startswith(DATA)}
    about = {name for name in facts if not name.startswith(DATA) and not name.startswith("tagmanifest-")}
    for match in manifests:
        if match[2] in (*STRONG, *WEAK):
            problems += _manifest_problems(match[0], tags[match[0]], about if match[1] else payload, match[2], facts)
        else:
            problems.append(f"{match[0]}: the checksums {match[2]!r} are not known; known are {', '.join(STRONG)}")
    if not any(match[1] for match in manifests):
        problems += [f"{name} is named in no manifest" for name in sorted(about) if not is_tag(name)]
    sizes = [facts[name].size for name in payload]
    return [*problems, *_oxum_problems(tags.get(INFO, b""), f"{sum(sizes)}.{len(sizes)}")]


def _declaration_problems(tags: Mapping[str, bytes]) -> Iterator[str]:
    if DECLARATION not in tags:
        yield f"it has no {DECLARATION}, so it is no bag (BagIt)"
        return
    lines = _lines(tags[DECLARATION])
    wanted = [[f"BagIt-Version: {version}", "Tag-File-Character-Encoding: UTF-8"] for version in VERSIONS]
    if lines not in wanted:
        yield f"{DECLARATION} does not say {' / '.join(wanted[0])}"


def _manifest_problems(
    name: str, data: bytes, expected: set[str], algorithm: str, facts: Mapping[str, FileFacts]
) -> Iterator[str]:
    """What is wrong with one manifest that should name exactly the `expected` files."""
    if len(data) > TEXT:
        yield f"{name} is larger than {TEXT >> 20} MB"
        return
    named: dict[str, str] = {}
    for number, line in enumerate(_lines(data), start=1):
        match = LINE.fullmatch(line)
        path = _decoded(match[2]) if match else None
        if match is None or path is None or len(match[1]) != 2 * hashlib.new(algorithm).digest_size:
            yield f"{name}:{number}: no line of a checksum ({algorithm}) and a path"
        elif _escapes(path):
            yield f"{name}:{number}: the path {path!r} leads out of the bag"
        elif path in named:
            yield f"{name}:{number}: {path!r} is named twice"
        else:
            named[path] = match[1].lower()
    for path in sorted(named.keys() - expected):
        yield f"{path} is missing: {name} names it"
    for path in sorted(expected - named.keys()):
        yield f"{path} is not named in {name}"
    for path in sorted(expected & named.keys()):
        found = facts[path].digests[algorithm]
        if found != named[path]:
            yield f"{path} has another checksum ({algorithm} {found[:16]}…) than {name} says ({named[path][:16]}…)"


def _lines(data: bytes) -> list[str]:
    """The lines, split at CR and LF alone, never at other breaks that Unicode knows."""
    text = data.decode("utf-8", errors="backslashreplace").replace("\r\n", "\n").replace("\r", "\n")
    return text.removesuffix("\n").split("\n") if text else []


def _decoded(path: str) -> str | None:
    """The path of a line; nothing if a percent sign stands for nothing."""
    whole = re.fullmatch(r"(?:[^%]|%25|%0[AaDd])+", path)
    return re.sub("%..", lambda found: ENCODED[found[0].lower()], path) if whole else None


def _escapes(path: str) -> bool:
    return (
        path.startswith(("/", "~"))
        or "\\" in path
        or DRIVE.match(path) is not None
        or any(part in ("", ".", "..") for part in path.split("/"))
    )


def _oxum_problems(data: bytes, found: str) -> Iterator[str]:
    fields = (line.partition(":") for line in _lines(data) if not line.startswith((" ", "\t")))
    given = [value.strip() for label, colon, value in fields if colon and label.strip().casefold() == OXUM]
    if len(given) > 1:
        yield f"{INFO} has {len(given)} lines Payload-Oxum"
    elif given and given[0] != found:
        yield f"{INFO}: Payload-Oxum is {given[0]}, the files in data/ have {found} (bytes.files)"
