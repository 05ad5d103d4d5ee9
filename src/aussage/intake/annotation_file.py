"""The annotation file of an article that nobody has annotated yet: its sentences, ready to be filled in."""

from __future__ import annotations

from aussage.intake.article import Arrival
from aussage.intake.record import SCHEMA_LINE, sentence_ids
from aussage.intake.scalars import scalar
from aussage.text.spans import Span

HINTS = """\
# Ready to be filled in: below a sentence, write its claims and the names in it; one without claims stays as it is.
# Quote letter by letter; the build finds the places. schema/CODEBOOK.md defines every category. For example:
#   claims:
#   - id: {sentence}.c1
#     content: the words that state the proposition
#     claimant: id-of-an-actor        # with source and cue; left out where the article speaks itself
#     source: the words for who says it
#     cue: the words that attribute
#     form: indirect
#     type: REPORT
#     modality: CT+
#     time: past
#   actors:
#   - {{id: {sentence}.a1, text: a name in the sentence, actor: id-of-an-actor}}
#   locations:
#   - {{id: {sentence}.l1, text: a place in the sentence, location: id-of-a-place, role: origin}}
"""


def annotation_text(arrival: Arrival, spans: list[Span], coder: str, codebook_version: str) -> str:
    """The text of `dataset/annotations/<document>/<coder>.yaml`, with every sentence repeated and no claim."""
    ids = sentence_ids(spans)
    lines = [
        f"document: {scalar(arrival.document_id)}",
        f"coder: {scalar(coder)}",
        f"codebook: {scalar(codebook_version)}",
        "sentences:",
    ]
    for name, span in zip(ids, spans, strict=True):
        lines += [f"- id: {name}", f"  text: {scalar(span.text_of(arrival.text))}"]
    return SCHEMA_LINE.format("../../../", "annotation") + HINTS.format(sentence=ids[0]) + "\n".join(lines) + "\n"
