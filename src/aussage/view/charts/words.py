"""The words of the charts in English and German."""

from __future__ import annotations

from collections.abc import Sequence

from aussage.view.charts.phrases import PHRASES

LANGUAGES = ("en", "de")
NOUNS = {
    "en": {
        "claim": ("claim", "claims"), "mention": ("mention", "mentions"), "article": ("article", "articles"),
        "speaker": ("speaker", "speakers"), "issue": ("issue", "issues"), "place": ("place", "places"),
        "pair": ("pair of claims", "pairs of claims"), "evaluation": ("evaluation", "evaluations"),
        "variable": ("variable", "variables"), "tie": ("tie", "ties"),
    },
    "de": {
        "claim": ("Aussage", "Aussagen"), "mention": ("Nennung", "Nennungen"), "article": ("Artikel", "Artikel"),
        "speaker": ("Stimme", "Stimmen"), "issue": ("Streitfrage", "Streitfragen"), "place": ("Ort", "Orte"),
        "pair": ("Paar von Aussagen", "Paare von Aussagen"), "evaluation": ("Wertung", "Wertungen"),
        "variable": ("Variable", "Variablen"), "tie": ("Verbindung", "Verbindungen"),
    },
}  # fmt: skip


class Words:
    """What the charts say in one language."""

    def __init__(self, language: str) -> None:
        """Take a language, `en` or `de`; ValueError for another."""
        if language not in LANGUAGES:
            raise ValueError(f"language is {language!r}; it may be {' or '.join(LANGUAGES)}")
        self.language = language

    def __call__(self, phrase: str, **values: object) -> str:
        """A phrase with values put in; the values are put in as they are and never read as a phrase."""
        return PHRASES[phrase][LANGUAGES.index(self.language)].format(**values)

    def value(self, code: object) -> str:
        """A value of the codebook in words; a value that has none is shown as it is."""
        return self(str(code)) if str(code) in PHRASES else str(code)

    def number(self, value: int) -> str:
        """A whole number, with a mark at every thousand."""
        text = f"{value:,}"
        return text if self.language == "en" else text.replace(",", ".")

    def decimal(self, value: float, digits: int = 2) -> str:
        """A number with decimals."""
        text = f"{value:.{digits}f}"
        return text if self.language == "en" else text.replace(".", ",")

    def percent(self, part: int, whole: int) -> str:
        """A share of 100; nothing for a share of nothing."""
        if not whole:
            return ""
        return f"{100 * part / whole:.0f}" + ("%" if self.language == "en" else " %")

    def count(self, number: int, noun: str) -> str:
        """A number with its noun: 1 claim, 2 claims."""
        return f"{self.number(number)} {NOUNS[self.language][noun][number != 1]}"

    def part(self, phrase: str, number: int, whole: int, noun: str, **values: object) -> str:
        """A phrase on `n` of `all`; where its verb is singular (1 of 2 claims is), its name ends in `_one`."""
        name = f"{phrase}_one" if 1 in (number, whole) else phrase
        return self(name, n=self.number(number), all=self.count(whole, noun), **values)

    def listed(self, texts: Sequence[str]) -> str:
        """Texts as a list: a, b and c."""
        if len(texts) < 2:
            return "".join(texts)
        return f"{', '.join(texts[:-1])} {self('and')} {texts[-1]}"
