"""The copies of articles that a user has: found, decoded, and told which document each of them is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from aussage.corpus.errors import CorpusError
from aussage.release.editions.comparing import Copy
from aussage.release.editions.locating import locate
from aussage.release.editions.restoration import Demanded, digest_of

LARGEST = 64_000_000  # bytes of a copy: what is larger is no article
MOST_PAIRS = 10_000  # of documents and files that are compared by content, where no name helps
OTHER_ENCODINGS = ("cp1252", "latin-1")
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Copies:
    """The files that a user gave, and which document each of them is a copy of.

    `problems` has what is wrong with files, `notes` what is worth saying although nothing is wrong.

    Raises:
        CorpusError: a file or folder that was named is not there.
    """

    def __init__(self, texts: Iterable[Path]) -> None:
        self.problems: list[str] = []
        self.notes: list[str] = []
        self._files = list(dict.fromkeys(path for text in texts for path in _files(text)))
        self._by_name: dict[str, Path] = {}
        for path in self._files:
            self._by_name.setdefault(path.stem, path)
        self._path_of: dict[str, Path] = {}

    def match_names(self, documents: Iterable[str]) -> list[str]:
        """Match files named after a document; gives the documents for which there is none."""
        left = []
        for document in documents:
            if document in self._by_name:
                self._path_of[document] = self._by_name[document]
            else:
                left.append(document)
        return left

    def left(self) -> list[Path]:
        """The files that are no copy of any document so far."""
        taken = set(self._path_of.values())
        return [path for path in self._files if path not in taken]

    def match_contents(self, documents: Sequence[Demanded], salt: str) -> None:
        """Match the files that are left by what is in them: the whole article, else the most of its sentences."""
        left = self.left()
        if not left or not documents:
            return
        whole = {document.folded_digest: document.document_id for document in documents}
        for path in left:
            for copy in self._readings(path):
                document_id = whole.get(digest_of(salt, copy.folded))
                if document_id is not None:
                    self._path_of.setdefault(document_id, path)
        open_ = [document for document in documents if document.document_id not in self._path_of]
        left = self.left()
        if len(open_) * len(left) > MOST_PAIRS:
            self.problems.append(
                f"{len(left):,} files differ from all {len(open_):,} articles and cannot be told apart by their names; "
                "name each file after its document: DOCUMENT.txt"
            )
            return
        for document in open_:
            self._match_sentences(document, left, salt)
        if len(documents) == 1 and documents[0].document_id not in self._path_of and len(left) == 1:
            self._path_of[documents[0].document_id] = left[0]

    def _match_sentences(self, document: Demanded, left: list[Path], salt: str) -> None:
        best, most = None, 0
        for path in left:
            for copy in self._readings(path):
                found = sum(place is not None for place in locate(document.pieces, copy.folded, salt))
                if found > most:
                    best, most = path, found
        if best is not None:
            self._path_of[document.document_id] = best

    def of(self, document: str) -> list[Copy]:
        """The readings of the copy of a document, the likeliest first; none if there is no copy."""
        path = self._path_of.get(document)
        return self._readings(path) if path is not None else []

    def _readings(self, path: Path) -> list[Copy]:
        try:
            if path.stat().st_size > LARGEST:
                raise CorpusError(f"{path} has {path.stat().st_size:,} bytes, which is no article; cut it to the text")
            data = path.read_bytes()
        except OSError as error:
            raise CorpusError(f"{path} cannot be read: {error.strerror or error}") from None
        return list(readings(path, data))


def readings(path: Path, data: bytes) -> Iterator[Copy]:
    """The bytes of a file as text: UTF-8, and only where it is none, other encodings, each as one reading."""
    try:
        yield Copy(path, data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        if data.startswith(UTF_16_MARKS):
            encodings: tuple[str, ...] = ("utf-16",)
        else:
            encodings = OTHER_ENCODINGS
        for encoding in encodings:
            try:
                yield Copy(path, data.decode(encoding), encoding)
            except UnicodeDecodeError:
                continue


def _files(text: Path) -> Iterator[Path]:
    """The file itself, or all files below a folder except hidden ones, by name."""
    path = text.expanduser()
    if path.is_dir():
        below = [(found.relative_to(path), found) for found in path.rglob("*") if found.is_file()]
        yield from (found for name, found in sorted(below) if not any(part.startswith(".") for part in name.parts))
    elif path.is_file():
        yield path
    else:
        raise CorpusError(f"there is no file {text}; give the files or folders with your copies of the articles")
