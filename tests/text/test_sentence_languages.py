"""Sentences of other languages than German: made-up cases, divided as a news reader would."""

from __future__ import annotations

import pytest

from aussage.text.sentences import split_sentences

# One case a line: the expected sentences, divided by "|". The text under test joins them with a space.
ENGLISH = """
The mayor, who is approx. 50 years old, resigned.|Others stayed.
It holds approx. 300 people.|It is full.
They sold bread, wine, etc.|The shop closed.
They sold bread, wine, etc. and left.
He lives in the U.S.|The climate is mild.
The U.S. President spoke.|The U.K. Parliament met.
J. K. Stone wrote it.|George W. Kern did not.
She spoke at 5 p.m. EST.|It rained.
At 5 a.m. Monday the bridge closed.|It was cold.
Prices rose 3.5 percent.|12 people left.
See Fig. 3 and Sec. 4.2 of the report, pp. 3-5.|It is long.
The vol. 3 ed. by Stone et al. is out.|Nobody read it.
Lt. Gen. Stone met Col. Kern, Capt. Hill and Rev. Lake.|They spoke.
The Dept. of Bridges and the Univ. of Neudorf agreed.|Mt. Sand is high.|Ft. Sand is far.
He said: ‘We will come. We will stay.’|She left.
He asked, “Who is it?”|She said nothing.
“We will come. We will stay,” he said.|“Nobody asked us.”|She left.
“It is late,” said Mr. Kern.|“We should go.”
The plan — “a mistake,” he said — failed.|It did.
He said, “We go.”|Then he went.|“Go!”|“No.”|They left.
She earned a Ph.D. in Bonn.|He has an M.A. from Neudorf.
iPhone sales fell.|iPads did well.
The company (est. 1990) closed.|(It had opened in Bonn.)|Nobody cared.
He came on Sept. 3, on Dec. 4 and Feb. 29.|Then he left.
It is, e.g., a bridge, i.e. a road.|That is all.
The temp. is high and the no. of cases low.|So they say.
It cost $3.5 million vs. $2 million.|Nobody paid.
"""

OTHERS = [
    ("fr", "M. Petit est arrivé.|Mme. Durand est partie.|« Nous restons. Nous partons », dit-il."),
    ("fr", "Le Dr. Petit et J.-P. Blanc sont là, p. ex. hier, etc.|Qui est-ce ?|Personne !"),
    ("fr", "Il a payé 3,5 €.|Elle non."),
    ("es", "El Sr. López llegó.|La Sra. Pérez no.|¿Quién es?|¡Nadie!"),
    ("es", "«Vamos. Ya», dijo.|La Dra. Gil y D. Juan, p. ej. ayer, callan.|Cuesta 3.5 euros."),
    ("it", "Il sig. Rossi è arrivato.|Il dott. Verdi no.|«Andiamo», disse."),
    ("uk", "Він прийшов.|«Ми йдемо. Ми тут», — сказав він.|У 2022 р. почалась зима."),
    ("uk", "Проф. Іваненко та І. Франко були там.|Це коштує 5 млн. гривень.|Що це?|Так!"),
    ("ru", "И. И. Иванов ушёл.|Это т. е. так.|Стоит 5 млн. руб."),
]


@pytest.mark.parametrize("case", ENGLISH.strip().splitlines())
def test_english_news(case: str) -> None:
    assert sentences(case.replace("|", " "), "en") == case.split("|")


def test_all_cases_as_one_english_article() -> None:
    cases = ENGLISH.strip().splitlines()
    assert sentences("\n\n".join(cases).replace("|", " "), "eng") == "|".join(cases).split("|")


@pytest.mark.parametrize(("language", "case"), OTHERS)
def test_other_languages_of_news(language: str, case: str) -> None:
    assert sentences(case.replace("|", " "), language) == case.split("|")


def test_chinese() -> None:
    text = "他来了。她付了3.5元！“是吗？”她问。王先生说：“不。”"
    found = ["他来了。", "她付了3.5元！", "“是吗？”", "她问。", "王先生说：“不。”"]
    assert sentences(text, "zh") == found
    assert sentences(text, "zh-Hans") == found


@pytest.mark.parametrize("code", ["en", "fr", "es", "it", "uk", "ru", "zh", "ja", "ar", "hi", "tr", "xx", ""])
@pytest.mark.parametrize(
    "text", ["A. " * 300, "M. " * 300, "no. ¿" * 300, "«etc. " * 300, "5 млн. " * 300, "。“" * 300]
)
def test_no_text_is_lost_in_any_language(code: str, text: str) -> None:
    spans = split_sentences(text, code)
    assert "".join(span.text_of(text) for span in spans).replace(" ", "") == text.replace(" ", "")


def sentences(text: str, language: str) -> list[str]:
    return [span.text_of(text) for span in split_sentences(text, language)]
