"""Where German sentences end, as far as the library does not know."""

from __future__ import annotations

from aussage.text.rule import CAPITAL, CLOSERS, COMMA, WORD, any_of, rule_of

# Words that open a German sentence but cannot follow an ordinal, an abbreviation or a first name's initial.
_GERMAN_OPENER_WORD = any_of(
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
_GERMAN_LEADING = any_of(
    """
    Abb Abg Abs Abt Anm Aufl Az Bd Bez Dipl Fa Fr Frl Gebr Hl Hr Hrn Hrsg Ing Kap Kpt Lt Nr Präs Reg Rn Tab
    Tel Univ Ziff abzgl bspw dt ehem einschl engl entspr exkl franz frz geb gem gest ggü hl inkl insb insbes
    iur lt max mind nat phil rer russ sog stellv stv ukr verh vgl zzgl Bspw Ehem Evtl Ggf Inkl Vgl Zzgl
    """
)

# Abbreviations, and words that sentencex takes for one, that may also end a sentence.
_GERMAN_TRAILING = any_of(
    r"""
    usw usf etc Co Corp Inc Ltd Hbf Hptm Jan Art Ass Mag Mill Min Mio Mrd MwSt Proz Sek Std Str Tsd jun mag
    sen Ida Ken Jh Jhs (?<=\w)str u\.\s?a\.\s?m u\.\s?v\.\s?m u\.\s?[äÄ] [vn]\.\s?Chr e\.\s?V a\.\s?[DM]
    ff min i\.\s?R D\.\s?C m\.\s?b\.\s?H
    """
)

_DETERMINER = any_of(
    r"""
    d(?:er|ie|as|en|em|es) [mdsk]?eine?[mnrs]? (?:ihr|unser)(?:e[mnrs]?)? (?:jed|dies)e[mnrs]? [ai]m zu[mr]
    vom beim [ai]ns als
    """
)
_ORDINAL_BEFORE = rf"(?i:\b{_DETERMINER}|(?<=\d\.)\s+(?:und|oder|bis))"
_ORDINAL_AFTER = any_of(
    """
    Jahrhunderts? Jh Jahrtausends? Weltkriegs? Bundesliga Liga FC Minute Spieltag Runde Platz Stock Quartal
    Halbjahr Auflage Armee Division Brigade Klasse Januar Februar März April Mai Juni Juli August September
    Oktober November Dezember
    """
)

GERMAN = (
    rule_of(
        "„Dipl.-Ing. Kern“, „geb. Schmidt“: these abbreviations never end a sentence.",
        COMMA,
        rf"(?<!\w){_GERMAN_LEADING}(\.)(?=[\s-])",
    ),
    rule_of(
        "„3 Tsd. Euro“: these abbreviations end a sentence only before a word that can open one …",
        COMMA,
        rf"(?:(?<!\w)|(?=str)){_GERMAN_TRAILING}(\.)(?=\s++(?!{_GERMAN_OPENER})\S)",
    ),
    rule_of(
        "„Brot, Wein usw. Danach wurde getanzt.“: … and there they are as good as any word.",
        WORD,
        rf"(?:(?<!\w)|(?=str))({_GERMAN_TRAILING})(?=\.\s++{_GERMAN_OPENER})",
    ),
    rule_of(
        "„Ludwig XIV. Der Maler“, „Hans M. Der Mann“, „3 PS. Das“: so are capitals, but not in „z. B. Die“;",
        WORD,
        rf"(?<=\w)([\s/][A-Z]+)(?=\.\s++{_GERMAN_OPENER})",
    ),
    rule_of(
        "„400 m. Die Straßen“, „5 Euro/t. Die Kosten“: and so are units of one letter.",
        WORD,
        rf"((?<=\d)\s[a-z]|/[a-z])(?=\.\s++{_GERMAN_OPENER})",
    ),
    rule_of(
        "„zum 100. Geburtstag“, „am 3. und 4. Tag“: a number after an article or the like is an ordinal.",
        COMMA,
        rf"{_ORDINAL_BEFORE}\s+\d{{1,3}}(\.)(?=\s++(?!{_GERMAN_OPENER})\S)",
    ),
    rule_of(
        "„72. Minute“, „2. Bundesliga“: so is a number before a noun that is counted, and before a month.",
        COMMA,
        rf"(?<!\d)\d{{1,3}}(\.)(?=\s++{_ORDINAL_AFTER}\b)",
    ),
    rule_of(
        "„1. Der Minister geht.“: a number alone is no sentence, but the first word of a list item.",
        COMMA,
        r"""(?:^|(?<=[^\W\d_][.!?:]\s)|(?<=[„“»«"(]))\d{1,2}(\.)(?=\s)""",
    ),
    rule_of(
        "„Okt. 2024“: before a number, a short month does not end a sentence.",
        COMMA,
        r"(?<!\w)(?:Jan|Feb|Mrz|Apr|Jun|Jul|Aug|Sept?|Okt|Nov|Dez)(\.)(?=\s+\d)",
    ),
    rule_of(
        "„Das war knapp. 10.000 Menschen kamen.“: a number may open a sentence.",
        CAPITAL,
        rf"(?:(?<=[^\W\d_]{{2}})|(?<=\d{{4}})|(?<=[%€)“”»«]))[.!?]{CLOSERS}*\s+(\d)",
    ),
    rule_of(
        "„Und dann … Stille.“: after an ellipsis a noun may well go on with the sentence.",
        COMMA,
        rf"((?<!\.)\.{{2,}}+|…)(?=\s++(?!{_GERMAN_OPENER})[^\W\d_])",
    ),
)
