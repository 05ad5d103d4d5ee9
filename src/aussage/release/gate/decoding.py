"""Other readings of a text: escapes resolved, markup taken away, what is written under one name joined."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

ROUNDS = 5
"""So often escapes inside escapes are resolved."""
_JOINER = "\u2060"  # has no width and parts no words

_ESCAPE = re.compile(
    r"\\(?:u\{(?P<braced>[0-9a-fA-F]{1,6})\}|u(?P<four>[0-9a-fA-F]{4})|U(?P<eight>[0-9a-fA-F]{8})"
    r"|(?P<white>[nrtfvb])|(?P<line>\r?\n[ \t]*)|(?P<itself>[^0-9xuU\n\r]))"
)
_BYTES = re.compile(r"(?:\\x[0-9a-fA-F]{2}|\\[0-3][0-7]{2})+")
_BYTE = re.compile(r"\\x([0-9a-fA-F]{2})|\\([0-3][0-7]{2})")
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_PRINTABLE = re.compile(r"(?:=[0-9A-F]{2}|=\r?\n)+")
_PRINTABLE_SIGN = re.compile(r"=(?:C3=[89AB]|E2=80|\r?\n|[A-F][0-9A-F][a-z ])")
_TAG = re.compile(r"<[^<>]*>|\]\]>")
_UNSEEN = re.compile(r"<!--.*?-->|<(script|style|title|desc|metadata)\b[^<>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TARGET = re.compile(r"\]\([^()\n]*\)|\]\[[^\]\n]*\]|\[\^[^\]\n]*\]")
_NAMED = {
    "by element": (re.compile("</"), re.compile(r"<([\w:.-]+)(?:\s[^<>]*)?>([^<>]+)")),
    "by attribute": (re.compile("=[\"']"), re.compile(r"""(?<![\w:.-])([\w:.-]+)=(?:"([^"<>]*)"|'([^'<>]*)')""")),
    "by key": (
        re.compile("[:=][ \t]"),
        re.compile(r"^[ \t\-]*[\"']?([\w.-]+)[\"']?[ \t]*[:=][ \t]+(.+)$", re.MULTILINE),
    ),
}
"""What has names in a text: what must be in it, and name and value as they stand there."""


def decoded_views(text: str) -> Iterator[tuple[str, str]]:
    """All other readings of a text, each with a word for how it was read.

    Escapes (of JSON, JavaScript, Python, YAML; entities; percent) are resolved round by round, since one may stand in
    another; from each round also the readings without markup. Quoted-printable is tried where it looks like it.
    """
    yield from _without_markup(text, "text")
    for number, plain in enumerate(_rounds(text), start=1):
        how = "escapes resolved" if number == 1 else f"escapes resolved {number} times"
        yield how, plain
        yield from _without_markup(plain, how)
    if _PRINTABLE_SIGN.search(text):
        plain = _PRINTABLE.sub(_printable, text)
        yield "quoted-printable", plain
        for inner in _rounds(plain):
            yield "quoted-printable, escapes resolved", inner
            yield from _without_markup(inner, "quoted-printable")
        yield from _without_markup(plain, "quoted-printable")


def unescaped(text: str) -> str:
    """A text with all escapes resolved once; what is no valid escape stays."""
    if "\\" in text:
        text = _ESCAPE.sub(_escape, _BYTES.sub(_escaped_bytes, text))
        if any("\ud800" <= character <= "\udfff" for character in set(text)):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if "&" in text:
        text = html.unescape(text)
    if "%" in text:
        text = _PERCENT.sub(lambda match: _bytes_as_text(unquote_to_bytes(match[0])), text)
    return text


def _rounds(text: str) -> Iterator[str]:
    """The text after one round of resolving escapes, after two, until nothing changes."""
    for _ in range(ROUNDS):
        plain = unescaped(text)
        if plain == text:
            return
        yield plain
        text = plain


def _without_markup(text: str, how: str) -> Iterator[tuple[str, str]]:
    """Readings without tags, without link targets, and of what stands under one name."""
    if "<" in text and ">" in text:
        parted = _TAG.sub(" ", text)
        if parted != text:
            yield f"{how}, tags taken away", parted
            yield f"{how}, tags and what is not shown taken away", _TAG.sub(_JOINER, _UNSEEN.sub(_JOINER, text))
            plain = html.unescape(parted)
            if plain != parted:
                yield f"{how}, tags taken away, entities resolved", plain
    if "](" in text or "][" in text or "[^" in text:
        yield f"{how}, link targets taken away", _TARGET.sub("]", text)
    for name, (sign, pattern) in _NAMED.items():
        if not sign.search(text):
            continue
        yield from ((f"{how}, {name} {key}", joined) for key, joined in _by_name(pattern, text))


def _by_name(pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, str]]:
    """What stands under each name, joined in order; only names that occur at least twice."""
    values: dict[str, list[str]] = {}
    for name, *value in pattern.findall(text):
        values.setdefault(name, []).append(" ".join(value))
    for name, found in values.items():
        if len(found) > 1:
            yield name, "\n".join(found)


def _escape(match: re.Match[str]) -> str:
    point = match["braced"] or match["four"] or match["eight"]
    if point:
        return chr(int(point, 16)) if int(point, 16) < 0x110000 else " "
    if match["line"] is not None:
        return ""
    return " " if match["white"] else match["itself"]


def _escaped_bytes(match: re.Match[str]) -> str:
    """Bytes that are written with their numbers, of base sixteen or eight."""
    return _bytes_as_text(
        bytes(int(sixteen, 16) if sixteen else int(eight, 8) for sixteen, eight in _BYTE.findall(match[0]))
    )


def _printable(match: re.Match[str]) -> str:
    return _bytes_as_text(bytes(int(pair, 16) for pair in re.findall("=([0-9A-F]{2})", match[0])))


def _bytes_as_text(data: bytes) -> str:
    """Bytes as the text they are in UTF-8, or else in Latin-1."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")
