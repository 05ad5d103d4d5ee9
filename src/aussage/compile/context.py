"""What the compilation of one layer of one document knows: article, codebook, registry, and where to report."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from aussage.codebook import Codebook
from aussage.diagnostics import Diagnostics, nearest
from aussage.records import Read
from aussage.records.annotation import Annotation
from aussage.records.fields import Quotation
from aussage.registry import Registry
from aussage.registry.registry import display_label
from aussage.source import Path
from aussage.text.anchoring import NotAnchored, anchor
from aussage.text.article import Article
from aussage.text.spans import Span

Pieces = str | Quotation | list[str | Quotation] | None


@dataclass(slots=True)
class LayerContext:
    """One layer of one document in compilation."""

    article: Article
    read: Read[Annotation]
    codebook: Codebook
    registry: Registry
    diagnostics: Diagnostics
    _labels: dict[str, str | None] = field(default_factory=dict, init=False, repr=False)
    _location_labels: dict[str, str | None] = field(default_factory=dict, init=False, repr=False)
    _actors: set[str] = field(default_factory=set, init=False, repr=False)
    _locations: set[str] = field(default_factory=set, init=False, repr=False)
    _of_document: str = field(init=False, repr=False)
    _of_layer: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._of_document = f"{self.article.document_id}/"
        self._of_layer = f"{self._of_document}{self.read.record.coder}/"

    def actor_label(self, actor_id: str | None) -> str | None:
        """The name of an actor, looked up once for a layer of a document."""
        if actor_id is None:
            return None
        if actor_id not in self._labels:
            self._labels[actor_id] = self.registry.actor_label(actor_id)
        return self._labels[actor_id]

    def target_label(self, target_id: str) -> str | None:
        """The name of an actor, or the proposition of an issue."""
        issue = self.codebook.issues.get(target_id)
        return self.actor_label(target_id) or (display_label(issue.proposition) if issue else None)

    def location_label(self, location_id: str | None) -> str | None:
        """The name of a location, looked up once for a layer of a document."""
        if location_id is None:
            return None
        if location_id not in self._location_labels:
            self._location_labels[location_id] = self.registry.location_label(location_id)
        return self._location_labels[location_id]

    def report(self, code: str, path: Path, message: str, **more: Any) -> None:
        """Report a finding about a value of the annotation file."""
        self.read.source.report(self.diagnostics, code, path, message, **more)

    def global_id(self, local: str) -> str:
        """The id in the corpus of something that has an id in the annotation file."""
        return self._of_layer + local

    def sentence_id(self, local: str) -> str:
        """The id of a sentence in the corpus."""
        return self._of_document + local

    def known_actor(self, actor_id: str | None, path: Path) -> None:
        """Report an actor that is not in the registry."""
        if actor_id is None or actor_id in self._actors:
            return
        if self.registry.may_hold("actors", actor_id):
            self._actors.add(actor_id)
        else:
            self._unknown("unknown-actor", "actor", actor_id, path, self.registry.nearest("actors", actor_id))

    def known_actors(self, actors: str | list[str] | None, path: Path) -> None:
        """Report each of one or several actors that is not in the registry."""
        if not isinstance(actors, list):
            self.known_actor(actors, path)
            return
        for number, actor in enumerate(actors):
            self.known_actor(actor, (*path, number))

    def known_location(self, location_id: str | None, path: Path) -> None:
        """Report a location that is not in the registry."""
        if location_id is None or location_id in self._locations:
            return
        if self.registry.may_hold("locations", location_id):
            self._locations.add(location_id)
        else:
            near = self.registry.nearest("locations", location_id)
            self._unknown("unknown-location", "location", location_id, path, near)

    def known_issue(self, issue_id: str | None, path: Path) -> None:
        """Report an issue that is not in the codebook."""
        if issue_id is not None and issue_id not in self.codebook.issues:
            self._unknown("unknown-issue", "issue", issue_id, path, nearest(issue_id, self.codebook.issues))

    def known_target(self, target_id: str | None, path: Path) -> None:
        """Report a target that is neither an actor nor an issue."""
        if target_id is None or target_id in self._actors or target_id in self.codebook.issues:
            return
        if self.registry.may_hold("actors", target_id):
            self._actors.add(target_id)
        else:
            near = self.registry.nearest("actors", target_id, self.codebook.issues)
            self._unknown("unknown-target", "actor or issue", target_id, path, near)

    def _unknown(self, code: str, what: str, id_: str, path: Path, near: list[str]) -> None:
        self.report(code, path, f"there is no {what} »{id_}«", nearest=near)

    def anchored(self, pieces: Pieces, sentence: str, path: Path, *field: str) -> list[Span]:
        """The spans of quotations that begin in a sentence, in the order of the article.

        What cannot be placed is reported and left out. The quotations are those of `field` in what stands at `path`.
        """
        if pieces is None:
            return []
        if not isinstance(pieces, list):
            span = self._anchored_piece(pieces, sentence, (*path, *field))
            return [] if span is None else [span]
        if len(pieces) == 1:
            span = self._anchored_piece(pieces[0], sentence, (*path, *field, 0))
            return [] if span is None else [span]
        found: list[tuple[Span, Path]] = []
        for number, piece in enumerate(pieces):
            at = (*path, *field, number)
            span = self._anchored_piece(piece, sentence, at)
            if span is not None:
                found.append((span, at))
        if len(found) > 1:
            found.sort(key=lambda pair: pair[0])
            self._examine_overlaps(found)
        return [span for span, _ in found]

    def _examine_overlaps(self, found: list[tuple[Span, Path]]) -> None:
        for (before, _), (after, at) in pairwise(found):
            if before.overlaps(after):
                words = after.text_of(self.article.text)
                self.report("overlapping-pieces", at, f"»{words}« overlaps another piece of the same span")

    def _anchored_piece(self, piece: str | Quotation, sentence: str, path: Path) -> Span | None:
        if isinstance(piece, str):
            words, where, occurrence = piece, sentence, None
        else:
            words, where, occurrence = piece.text, piece.sentence or sentence, piece.occurrence
        if where not in self.article.sentences:
            names = self.article.sentences
            self.report(
                "unknown-sentence",
                (*path, "sentence"),
                f"there is no sentence »{where}«",
                nearest=nearest(where, names),
            )
            return None
        try:
            return anchor(self.article, where, words, occurrence)
        except NotAnchored as outcome:
            step = "occurrence" if outcome.code == "no-such-occurrence" else "text"
            at = path if isinstance(piece, str) else (*path, step)
            self.report(outcome.code, at, outcome.message, expected=outcome.expected, nearest=outcome.nearest)
            return None
