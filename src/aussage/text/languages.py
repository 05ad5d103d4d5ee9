"""Where sentences of other languages than German end, as far as the library does not know."""

from __future__ import annotations

from aussage.text.rule import CAPITAL, CLOSERS, COMMA, WORD, Rule, any_of, rule_of

_ENGLISH_LEADING = any_of(
    """
    Adm Amb Approx Atty Capt Cf Cmdr Col Cpl Dept Det Eq Fig Figs Fr Ft Gen Gov Hon Insp Lt Maj Messrs Mr Mrs Ms Mt
    Msgr Nos Pres Prof Pvt Rep Rev Sen Sgt Supt Univ Vol Vols approx cf ch ed eds eq est fig figs para vol vols vs
    """
)
_TIME_ZONE = any_of("BST CEST CET CST EDT EET EEST EST ET GMT MSK MST PDT PST PT UTC")

ENGLISH = (
    rule_of(
        "“approx. 50 people”, “Ft. Worth”: these abbreviations never end a sentence.",
        COMMA,
        rf"(?<![\w.]){_ENGLISH_LEADING}(\.)(?=\s)",
    ),
    rule_of("“at 5 p.m. EST”: the time zone goes with the time.", COMMA, rf"\b[ap]\.m(\.)(?=\s+{_TIME_ZONE}\b)"),
    rule_of(
        "“The temp. is high”: a small letter goes on with the sentence, but not in “iPhone”.",
        COMMA,
        r"(?<=\w)(\.)(?=\s++[a-z](?![A-Z]))",
    ),
)


def _with_leading(words: str, *more: Rule) -> tuple[Rule, ...]:
    """Rules of a language whose `words` are abbreviations that never end a sentence, nor do initials."""
    initial = r"(?<![\w'’])[A-ZÀ-ÖØ-ÞА-ЯЄІЇҐЁ]"
    return (
        rule_of("« M. Petit », «проф. Іваненко»: these never end a sentence.", COMMA, rf"(?<!\w){any_of(words)}(\.)"),
        rule_of("« J.-P. Petit », «І. Франко»: neither do initials.", COMMA, rf"{initial}(\.)(?=\s)"),
        *more,
    )


_ETC = rule_of("« etc. Qui »: it ends a sentence before a capital.", WORD, r"\b(etc)(?=\.\s++[¿¡«]?\s?[A-ZÀ-ÖØ-Þ])")
_NO = rule_of("«No. ¿Quién es?»: “no” is a word here and no number.", WORD, r"\b([Nn]o)(?=\.\s++[¿¡«“]?[A-ZÀ-ÖØ-Þ])")
_OPENING = rule_of("«¿Quién es?»: an opening mark opens a sentence.", CAPITAL, rf"[.!?…]{CLOSERS}*\s+([¿¡])")
_MILLIONS = rule_of("«5 млн. руб.»: a number goes with its noun.", COMMA, r"\b(?:млн|млрд|трлн|тыс|тис)(\.)(?=\s)")

FRENCH = _with_leading("M MM Mme Mmes Mlle Mlles Me Mgr Dr Drs Pr Prof prof St Ste av bd cf env ex fig no p vol", _ETC)
SPANISH = _with_leading(
    "Sr Sra Sres Srta Dr Dra Dres D Dña Gral Ing Lic Prof art cf ej núm p pág vol", _ETC, _NO, _OPENING
)
ITALIAN = _with_leading("Sig sig Sigg Dott dott Dr Prof prof Ing ing Avv avv On on art cfr es n p pag vol", _ETC, _NO)
RUSSIAN = _with_leading("акад вул г гг гл д доц др е им обл оз пл просп проф с см ст стр т ул", _MILLIONS)
UKRAINIAN = _with_leading("акад буд вул доц е зб ім обл оз пл просп проф с см ст стор т", _MILLIONS)
