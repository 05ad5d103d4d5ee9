"""Every code that the compiler can report: its severity, what it means, and how to mend it. Codes never change."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is: an error stops a build, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding. `meaning` says what is wrong and why it matters, `mend` what to do."""

    code: str
    severity: Severity
    meaning: str
    mend: str


def _errors(*rows: tuple[str, str, str]) -> list[Code]:
    return [Code(code, Severity.ERROR, meaning, mend) for code, meaning, mend in rows]


def _warnings(*rows: tuple[str, str, str]) -> list[Code]:
    return [Code(code, Severity.WARNING, meaning, mend) for code, meaning, mend in rows]


# fmt: off
FILES = _errors(
    ("missing-file", "A file that the project needs is not there.", "create the file, or mend the name that points to it"),
    ("unreadable-file", "The file cannot be opened.", "check that it is a file and that you may read it"),
    ("outside-project", "The path leads out of the project, so the corpus could not be built elsewhere.", "put a copy of the file into the project; links that lead out are refused"),
    ("file-too-large", "The file is larger than one record may be.", "split it, or write the records as JSON Lines"),
    ("unknown-file", "A file stands where sources are read, but it is none.", "move it out of the folder, or give it the name of a source (.yaml, .jsonl)"),
    ("wrong-encoding", "The bytes are not UTF-8.", "save the file as UTF-8 (iconv -f WINDOWS-1252 -t UTF-8 does it for many German texts)"),
    ("byte-order-mark", "The file begins with a byte order mark, which would count as a character.", "save the file as UTF-8 without BOM"),
    ("carriage-return", "Lines end with a carriage return, so that offsets would differ between systems.", "save the file with LF line ends (dos2unix), before it enters the corpus"),
    ("control-character", "The text holds a control character (NUL, escape …), which no article has.", "remove the character"),
    ("bidi-control", "A bidirectional control makes text look other than it is.", "remove the character, or use the marks LRM and RLM"),
    ("decomposed-unicode", "The text is not in Unicode normal form C: what looks like one letter is several.", "normalise the text to NFC (uconv -x nfc) before it enters the corpus"),
    ("lone-surrogate", "Half of a surrogate pair is no character.", "write the whole character"),
)

SYNTAX = _errors(
    ("yaml-syntax", "The file is not YAML.", "mend the line; quote a text that contains ': ' or begins with a special sign"),
    ("yaml-tab", "A tab stands where YAML wants spaces.", "indent with spaces"),
    ("yaml-alias", "Anchors and aliases are refused: a few bytes of them can stand for gigabytes.", "write the value out"),
    ("yaml-tag", "Tags are refused: they make a value something else than it says.", "remove the tag"),
    ("yaml-merge-key", "Merge keys are refused: a record must be readable where it stands.", "write the keys out"),
    ("yaml-version", "Sources are read as YAML 1.2 only.", "remove the %YAML line"),
    ("yaml-documents", "The file holds more than one YAML document.", "keep one document a file"),
    ("duplicate-key", "A key stands twice in one mapping; one of the values would be lost.", "remove or rename one of them"),
    ("nested-too-deep", "Lists or mappings are nested deeper than any record is.", "write the record flat"),
    ("ambiguous-number", "A number with a leading zero is read differently by different programs.", "quote it if it is a text; remove the zero if it is a number"),
    ("not-finite", "NaN and infinity are no values of any variable.", "leave the key out if there is no value"),
    ("json-syntax", "The line is not JSON.", "mend the line; every line is one complete record"),
    ("toml-syntax", "The file is not TOML.", "mend the line"),
    ("empty-file", "The file is empty.", "fill it, or remove it"),
)

RECORDS = _errors(
    ("wrong-type", "The value is of another type than the field.", "write the value as expected; quote a text that looks like a number"),
    ("unknown-field", "The field is unknown here; its value would be lost.", "mend the spelling, or remove the field"),
    ("missing-field", "A field that every such record has is missing.", "add the field"),
    ("unknown-category", "The value is no category of the variable in the codebook.", "use a category of schema/codebook.yaml, or add it there"),
    ("wrong-value", "The value is outside of what the field allows.", "write a value as expected"),
    ("bad-id", "The text is no id.", "use lower-case letters, digits and single hyphens, as in kursk-oblast; s01, s01.c1, s01.a1, s01.l1, r01"),
    ("duplicate-id", "An id is given twice, so that a reference to it means two things.", "give the later one a new id"),
    ("reused-id", "The id belonged to a row that was withdrawn; ids are never used again.", "take an id that was never used"),
    ("name-differs", "What the file says of itself differs from its name or folder.", "rename the file, or mend the field"),
)

CODEBOOK = _errors(
    ("codebook-variable", "The codebook lacks a variable that the tables need, or defines it in another kind.", "add the variable as in the codebook that comes with Aussage"),
    ("codebook-reference", "The codebook refers to something that it does not define.", "mend the reference, or add what it refers to"),
)

ARTICLES = _errors(
    ("article-changed", "The article is not the one that was recorded: its SHA-256 differs.", "restore the article; a corrected text enters as a new document"),
    ("empty-article", "The article has no text.", "add the text, or remove the record"),
    ("no-paragraphs", "The article has only white space.", "add the text, or remove the record"),
    ("no-sentences", "The record has no frozen sentences.", "run `aussage add` on the article, which splits it once"),
    ("sentence-bounds", "A frozen sentence does not fit the article: outside, empty, overlapping, or out of order.", "restore the record; sentences are frozen when the article enters"),
    ("sentence-gap", "Text of the article lies in no sentence.", "restore the record; sentences are frozen when the article enters"),
    ("unknown-sentence", "The document has no sentence of that id.", "use an id of the document's record"),
    ("missing-sentence", "A sentence of the document is not in the annotation file, so that nobody knows whether it was read.", "add the sentence with its text, if need be without claims"),
    ("sentence-order", "The sentences stand in another order than in the article.", "sort them as in the document's record"),
    ("sentence-text", "The text of the sentence is not the article's.", "copy the sentence from the article, letter by letter"),
    ("unknown-document", "There is no document of that id.", "use the id of a record in seeds/"),
    ("rights-missing", "The record does not say what is known of the rights in the text.", "add `rights:` with a status, if need be `unverified`"),
)

ANCHORS = _errors(
    ("quote-not-found", "The quotation does not occur in its sentence.", "copy the words from the sentence, letter by letter"),
    ("ambiguous-quote", "The quotation occurs more than once in its sentence.", "write {text: …, occurrence: 2}, or quote more words"),
    ("no-such-occurrence", "The quotation does not occur that often in its sentence.", "mend the number, counted from 1"),
    ("empty-quote", "The quotation is empty, or begins or ends with white space.", "quote words"),
    ("overlapping-pieces", "Two pieces of one discontinuous span overlap.", "quote each part once"),
    ("condition-outside-sentence", "The condition does not stand in a sentence of its claim.", "quote the condition from the claim's sentence; a condition elsewhere belongs to another claim"),
    ("content-outside-sentence", "No word of the claim stands in the sentence under which it is filed.", "file the claim under the sentence in which it begins"),
)

REFERENCES = _errors(
    ("unknown-actor", "No actor of that id is in the registry.", "use an id of dataset/registry/actors.yaml, or add the actor there"),
    ("unknown-location", "No location of that id is in the registry.", "use an id of dataset/registry/locations.yaml, or add the location there"),
    ("unknown-issue", "No issue of that id is in the codebook.", "use an id of the issue list in schema/codebook.yaml, or add the issue there"),
    ("unknown-target", "The target is neither an actor nor an issue.", "use an id of the registry or of the issue list"),
    ("unknown-claim", "No claim of that id is in this file.", "use the id of a claim of the same file"),
    ("unknown-coder", "No coder of that id is in the registry.", "use an id of dataset/registry/coders.yaml, or add the coder there"),
    ("unknown-parent", "The parent is not in the registry.", "add the parent, or mend its id"),
    ("parent-circle", "An entry is its own ancestor.", "remove one of the parents"),
    ("unknown-country", "The code is no country of ISO 3166-1.", "use the two-letter code in capitals"),
    ("bad-outside-id", "The outside id does not have the form of its vocabulary.", "mend the id, or write {status: empty}"),
    ("outside-id-status", "The status of an outside id does not fit what is given.", "verified says against what, empty has no id, all others have one"),
    ("coordinates-range", "The coordinates are not on the Earth.", "give latitude -90 to 90 and longitude -180 to 180, in degrees"),
)

SCHEME = _errors(
    ("narrator-with-attribution", "The narrator's claim has a claimant, a source, a cue or a chain.", "remove them, or set voice: attributed"),
    ("attributed-without-claimant", "An attributed claim has no claimant.", "name the claimant; for an unnamed one use the registry's anonymous source"),
    ("form-and-voice", "The form does not go with the voice: only the narrator has form none.", "choose the form of the attribution, or set voice: narrator"),
    ("alignment-and-voice", "The alignment does not go with the voice: only the narrator has alignment na.", "choose endorse, neutral or distance, or set voice: narrator"),
    ("stance-without-target", "A stance of -1 or 1 needs a target.", "name whom or what the claimant evaluates"),
    ("target-without-stance", "A target without a stance says nothing.", "set stance to -1 or 1, or remove the target"),
    ("agreement-without-issue", "Agreement needs an issue that is agreed with.", "name the issue, or remove the agreement"),
    ("issue-without-agreement", "An issue is named, but not whether the claimant holds it.", "set agreement to -1, 0 or 1"),
    ("role-without-place", "A location role is given without a location.", "name the location, or remove the role"),
    ("claimant-in-chain", "The claimant stands in his own chain of attribution.", "list only those between the article and the claimant"),
    ("several-claimants", "A claim has more than two claimants or one twice.", "give two ids only for one coordinated subject"),
    ("self-relation", "A claim is related to itself.", "name another claim"),
    ("repeated-relation", "The same relation is given twice.", "remove one of them"),
    ("event-mode", "The mode does not belong to the event type.", "use a mode of the event type in the codebook"),
    ("effect-target", "An effect names both an actor and a location, or neither.", "name exactly one of them"),
    ("figure-without-digit", "A figure is quoted without a digit.", "quote numbers in digits only"),
)

CITATION = _errors(
    ("check-digit", "The check digits of an ORCID iD or a ROR id do not fit, so that it names nobody, or somebody else.", "copy the id from orcid.org or ror.org"),
    ("unknown-licence", "The licence is not in the SPDX list, by whose ids archives and portals know licences.", "use an id of the SPDX list, spelled as there, or LicenseRef-<name> for a licence of your own"),
    ("unknown-language", "The code stands for no language.", "use a code of ISO 639, as in de or deu, if need be with a region (de-AT)"),
    ("no-such-day", "The calendar has no such day.", "mend the date"),
) + _warnings(
    ("person-name", "The name of a person does not say which part is the family name, so that it is cited wrongly.", "write it as Family, Given; what is no person has kind = \"organisation\""),
    ("repeated-keyword", "A keyword is given twice.", "remove one of them"),
)

INTAKE = _errors(
    ("duplicate-article", "The article is in the project already, with the same words, under another id.", "leave it out, or add it with --allow-duplicates if both shall be counted"),
    ("missing-library", "A library that reads this format is not installed.", "install it, or save the article as plain text"),
) + _warnings(
    ("similar-article", "The article shares much of its text with another, as copies of one agency report do.", "look at both; remove one if they are one article"),
)

STATE = _warnings(
    ("stale-gold", "gold.yaml is not what the layers and the adjudication give; the build goes by these.", "run `aussage gold`"),
    ("unadjudicated-layers", "A document has several layers and no adjudication; gold follows the first of them.", "adjudicate the layers"),
    ("no-annotation", "A document has no annotation, so that its sentences have no claims.", "annotate it, or leave it for later"),
    ("codebook-version", "The file was coded under another version of the codebook.", "look through the changes of the codebook, then mend the version in the file"),
) + _errors(
    ("stale-adjudication", "A decision is about something that a layer does not say, or no longer says.", "run `aussage adjudicate`, which lists the differences anew and keeps the decisions that still hold"),
    ("gold-without-layer", "gold.yaml stands alone; gold is derived from coders' layers.", "rename it to <coder>.yaml"),
    ("out-folder", "The folder to build into holds files that a build does not make.", "choose an empty or a new folder, so that nothing is lost"),
    ("cannot-write", "The corpus cannot be written; the one that was there is untouched.", "free some space, or check that you may write there"),
    ("source-changed", "A source file was written to while it was being read.", "wait until it is written, and build again; what was finished is kept"),
    ("worker-lost", "Processes that compiled parts were ended from outside, several times.", "build again with fewer --jobs, or where there is more memory; what was finished is kept"),
    ("cluster-unusable", "The Dask cluster cannot do this work.", "start workers that have this Aussage and its libraries, and see project and cache under the same paths"),
    ("part-missing", "Parts of the corpus have not been built, so that it cannot be put together.", "build the shards that are named, and merge again"),
    ("build-running", "Another build writes to the same folder.", "wait until it ends"),
    ("version-format", "The version is no semantic version.", "write it as 1.2.3"),
)
# fmt: on

CATALOGUE: dict[str, Code] = {
    entry.code: entry
    for group in (FILES, SYNTAX, RECORDS, CODEBOOK, ARTICLES, ANCHORS, REFERENCES, SCHEME, CITATION, INTAKE, STATE)
    for entry in group
}
