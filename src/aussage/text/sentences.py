"""The sentences of an article.

The library sentencex finds the boundaries. It is shown not the article but a *view* of it: a copy of the
same length, in which a few rules have put another character in some places. A full stop that ends no sentence
is shown as a comma (so the two parts are merged); an abbreviation that does end one is shown as a plain word
(so they are split). The library keeps the last word, on quotations above all, and its offsets, which count
code points, hold for the article as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import sentencex

from aussage.text.spans import Span, paragraphs, trimmed

COMMA, STOP, CAPITAL, WORD = ",", ".", "A", "y"

# The library needs quadratic time for unpaired quotation marks: longer paragraphs are shown to it in pieces.
LONGEST_PIECE = 4_000

_WORD_CHARACTER = re.compile(r"[^\W_]")
_OPENING_MARK = re.compile(r"""(?<=\s)["'“‘„‚»«›‹](?=\w)""")
_CLOSING_MARKS = re.compile(r"""(?<!\s)["'“”‘’»«›‹)]+(?=\s)""")
_CLOSERS = r"""["“”»«›‹’)]"""


@dataclass(frozen=True, slots=True)
class Rule:
    """Wherever `pattern` matches, its group 1 is shown as `shown`, repeated to the same length."""

    why: str
    shown: str
    pattern: re.Pattern[str]

    def apply(self, view: str) -> str:
        """Return `view` with every place that the rule concerns shown differently."""
        return self.pattern.sub(self._show, view)

    def _show(self, match: re.Match[str]) -> str:
        start, end = (position - match.start() for position in match.span(1))
        length = end - start
        return match[0][:start] + (self.shown * length)[:length] + match[0][end:]


def _rule(why: str, shown: str, pattern: str) -> Rule:
    return Rule(why, shown, re.compile(pattern))


def _any_of(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


# Words that open a German sentence but cannot follow an ordinal, an abbreviation or a first name's initial.
_GERMAN_OPENER_WORD = _any_of(
    """
    Der Die Das Den Dem Des Ein Eine Einen Einem Einer Eines Kein Keine Keiner Er Sie Es Wir Ich Ihr Ihre
    Ihren Ihrem Sein Seine Seinen Seinem Man Dies Diese Dieser Dieses Diesem Diesen Jede Jeder Jedes Alle
    Viele Manche Einige In Im Am An Auf Aus Bei Beim Mit Nach Nachdem Seit Zu Zum Zur Zwischen Vor Vom Über
    Unter Um Für Gegen Ohne Durch Wegen Trotz Laut Während Bis Als Wenn Weil Dass Ob Obwohl Damit Und Aber
    Oder Denn Doch Auch Nur Noch Nun Jetzt Heute Gestern Dann Danach Dort Da Dabei Dafür Dagegen Darum
    Daraufhin Deshalb Daher Dennoch Allerdings Außerdem Zudem Zuvor Bisher So Nicht Nichts Niemand Wer Wie Was
    Wo Warum Wann Welche Hier Insgesamt
    """
)
_GERMAN_OPENER = rf"""["„“»«‚(]?{_GERMAN_OPENER_WORD}\b"""

# Abbreviations that always have a word after them, as far as sentencex does not know them as such.
_GERMAN_LEADING = _any_of(
    """
    Abb Abg Abs Abt Anm Aufl Az Bd Bez Dipl Fa Fr Frl Gebr Hl Hr Hrn Hrsg Ing Kap Kpt Lt Nr Präs Reg Rn Tab
    Tel Univ Ziff abzgl bspw dt ehem einschl engl entspr exkl franz frz geb gem gest ggü hl inkl insb insbes
    iur lt max mind nat phil rer russ sog stellv stv ukr verh vgl zzgl Bspw Ehem Evtl Ggf Inkl Vgl Zzgl
    """
)

# Abbreviations, and words that sentencex takes for one, that may also end a sentence.
_GERMAN_TRAILING = _any_of(
    r"""
    usw usf etc Co Corp Inc Ltd Hbf Hptm Jan Art Ass Mag Mill Min Mio Mrd MwSt Proz Sek Std Str Tsd jun mag
    sen Ida Ken Jh Jhs (?<=\w)str u\.\s?a\.\s?m u\.\s?v\.\s?m u\.\s?[äÄ] [vn]\.\s?Chr e\.\s?V a\.\s?[DM]
    ff min i\.\s?R D\.\s?C m\.\s?b\.\s?H
    """
)

_DETERMINER = _any_of(
    r"""
    d(?:er|ie|as|en|em|es) [mdsk]?eine?[mnrs]? (?:ihr|unser)(?:e[mnrs]?)? (?:jed|dies)e[mnrs]? [ai]m zu[mr]
    vom beim [ai]ns als
    """
)
_ORDINAL_BEFORE = rf"(?i:\b{_DETERMINER}|(?<=\d\.)\s+(?:und|oder|bis))"
_ORDINAL_AFTER = _any_of(
    """
    Jahrhunderts? Jh Jahrtausends? Weltkriegs? Bundesliga Liga FC Minute Spieltag Runde Platz Stock Quartal
    Halbjahr Auflage Armee Division Brigade Klasse Januar Februar März April Mai Juni Juli August September
    Oktober November Dezember
    """
)

GERMAN = (
    _rule(
        "„Dipl.-Ing. Kern“, „geb. Schmidt“: these abbreviations never end a sentence.",
        COMMA,
        rf"(?<!\w){_GERMAN_LEADING}(\.)(?=[\s-])",
    ),
    _rule(
        "„3 Tsd. Euro“: these abbreviations end a sentence only before a word that can open one …",
        COMMA,
        rf"(?:(?<!\w)|(?=str)){_GERMAN_TRAILING}(\.)(?=\s++(?!{_GERMAN_OPENER})\S)",
    ),
    _rule(
        "„Brot, Wein usw. Danach wurde getanzt.“: … and there they are as good as any word.",
        WORD,
        rf"(?:(?<!\w)|(?=str))({_GERMAN_TRAILING})(?=\.\s++{_GERMAN_OPENER})",
    ),
    _rule(
        "„Ludwig XIV. Der Maler“, „Hans M. Der Mann“, „3 PS. Das“: so are capitals, but not in „z. B. Die“;",
        WORD,
        rf"(?<=\w)([\s/][A-Z]+)(?=\.\s++{_GERMAN_OPENER})",
    ),
    _rule(
        "„400 m. Die Straßen“, „5 Euro/t. Die Kosten“: and so are units of one letter.",
        WORD,
        rf"((?<=\d)\s[a-z]|/[a-z])(?=\.\s++{_GERMAN_OPENER})",
    ),
    _rule(
        "„zum 100. Geburtstag“, „am 3. und 4. Tag“: a number after an article or the like is an ordinal.",
        COMMA,
        rf"{_ORDINAL_BEFORE}\s+\d{{1,3}}(\.)(?=\s++(?!{_GERMAN_OPENER})\S)",
    ),
    _rule(
        "„72. Minute“, „2. Bundesliga“: so is a number before a noun that is counted, and before a month.",
        COMMA,
        rf"(?<!\d)\d{{1,3}}(\.)(?=\s++{_ORDINAL_AFTER}\b)",
    ),
    _rule(
        "„1. Der Minister geht.“: a number alone is no sentence, but the first word of a list item.",
        COMMA,
        r"""(?:^|(?<=[^\W\d_][.!?:]\s)|(?<=[„“»«"(]))\d{1,2}(\.)(?=\s)""",
    ),
    _rule(
        "„Okt. 2024“: before a number, a short month does not end a sentence.",
        COMMA,
        r"(?<!\w)(?:Jan|Feb|Mrz|Apr|Jun|Jul|Aug|Sept?|Okt|Nov|Dez)(\.)(?=\s+\d)",
    ),
    _rule(
        "„Das war knapp. 10.000 Menschen kamen.“: a number may open a sentence.",
        CAPITAL,
        rf"(?:(?<=[^\W\d_]{{2}})|(?<=\d{{4}})|(?<=[%€)“”»«]))[.!?]{_CLOSERS}*\s+(\d)",
    ),
    _rule(
        "„Und dann … Stille.“: after an ellipsis a noun may well go on with the sentence.",
        COMMA,
        rf"((?<!\.)\.{{2,}}+|…)(?=\s++(?!{_GERMAN_OPENER})[^\W\d_])",
    ),
)

EVERYWHERE = (
    _rule("„www.Beispiel.de“: no sentence ends within an address.", WORD, r"\b((?:www\.|https?://)\S*\w)"),
    _rule("„Dipl.-Ing.“: no sentence ends before a hyphen.", COMMA, r"\w(\.)(?=-\w)"),
    _rule(
        "„am 3. über die Grenze“: a small letter goes on with the sentence; sentencex knows only a to z.",
        "a",
        rf"[.!?…]{_CLOSERS}*\s+([ß-öø-ÿ])",
    ),
    _rule(
        "„iPhones bleiben teuer“, „§ 5 regelt das“: a sentence may open without a capital.",
        CAPITAL,
        rf"[.!?…]{_CLOSERS}*\s+([a-z](?=[A-Z])|§)",
    ),
    _rule(
        "„Er kam … Dann ging er.“: the ellipsis character ends a sentence, unless a small letter follows.",
        STOP,
        rf"(?<![\[(])(…)(?={_CLOSERS}*\s++(?![a-zß-öø-ÿα-ωа-я]))",
    ),
    _rule(
        "„Er kam. (Sie schlief.) Dann ging er.“: a sentence in parentheses is one of its own.",
        ").",
        rf"(?:^|(?<=[.!?…]\s)|(?<=[.!?…]{_CLOSERS}\s))\([^()]*([.!?…]\))(?=\s)",
    ),
)


def split_sentences(text: str, language: str) -> list[Span]:
    """Return the sentences of `text`, in order and without the white space around them.

    No sentence crosses a line feed, and every character that is not white space belongs to exactly one
    sentence. A quotation within one paragraph is not cut: „Wir kommen. Wir bleiben.“ is one sentence,
    together with words that introduce it, and with words in small letters or after a comma that follow it.

    `language` is an ISO 639 code or a BCP 47 tag (`de`, `deu`, `de-AT`); only its first part counts. Codes that
    sentencex does not know are treated as one of its related languages or else as English; nothing is raised.
    """
    code = re.split("[-_]", language.strip().lower(), maxsplit=1)[0]
    code = "de" if code in {"deu", "ger"} else code
    sentences = []
    for paragraph in paragraphs(text):
        view = _view(paragraph.text_of(text), code)
        cuts = [0, *_cuts_between_words(view, _library_cuts(view, code)), len(view)]
        for start, end in pairwise(cuts):
            sentences.append(trimmed(text, paragraph.start + start, paragraph.start + end))
    return sentences


def _view(paragraph: str, code: str) -> str:
    """Return what the library is shown: as long as `paragraph`, changed by the rules.

    White space beyond ASCII can make sentencex panic, and a lone surrogate cannot be handed to it at all.
    """
    view = re.sub(r"\s", " ", paragraph)
    view = re.sub("[\ud800-\udfff]", "\ufffd", view)
    for rule in (*(GERMAN if code == "de" else ()), *EVERYWHERE):
        view = rule.apply(view)
    return view


def _library_cuts(view: str, code: str) -> Iterator[int]:
    """Yield where sentencex begins a new sentence, reading a long view piece by piece in linear time."""
    start = 0
    while start < len(view):
        piece = view[start : start + LONGEST_PIECE]
        found = sentencex.get_sentence_boundaries(code, piece)[1:]
        cuts = sorted({start + _beside_marks(piece, boundary["start_index"]) for boundary in found})
        yield from cuts
        whole = start + len(piece) == len(view)
        start = start + len(piece) if whole or not cuts else cuts[-1]


def _beside_marks(piece: str, cut: int) -> int:
    """Move a `cut` that stands just after an opening mark, or just before a closing one, to its other side.

    So sentencex cuts in German at single quotation marks, whose pairs it does not know.
    """
    if _OPENING_MARK.match(piece, cut - 1):
        return cut - 1
    closing = _CLOSING_MARKS.match(piece, cut)
    return closing.end() if closing else cut


def _cuts_between_words(view: str, cuts: Iterator[int]) -> Iterator[int]:
    """Yield those `cuts` that have a letter or digit on both sides: a stray mark is no sentence."""
    borders = [0, *cuts, len(view)]
    word_before = False
    for (start, cut), (_, end) in pairwise(pairwise(borders)):
        word_before = word_before or _WORD_CHARACTER.search(view, start, cut) is not None
        if word_before and _WORD_CHARACTER.search(view, cut, end):
            yield cut
            word_before = False
