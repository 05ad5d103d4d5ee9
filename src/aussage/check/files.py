"""Rules on the files of a corpus; they have no test of their own but are found when the corpus is opened."""

from aussage.check.rule import Group

files = Group("files", scope="corpus")
schema = Group("schema")
project = Group("files", scope="corpus")

files.fact(
    "manifest-missing",
    "There is no manifest.json.",
    "The manifest says what belongs to the corpus; without it nothing can be verified. `aussage build` writes it.",
)
files.fact(
    "manifest-broken",
    "The manifest cannot be read, lacks what it must say, or contradicts itself.",
    "Name, version, content hash, and each file with its bytes and SHA-256 stand in it.",
)
files.fact(
    "manifest-format",
    "The manifest is of a format or version that this program does not know.",
    "A newer version of Aussage may be able to check it.",
)
files.fact(
    "file-missing",
    "A file of the corpus is not there.",
    "The corpus is incomplete; build or download it again.",
)
files.fact(
    "file-foreign",
    "A file stands in the folder that the manifest does not name.",
    "Nobody vouches for it, and it would be published with the corpus.",
)
files.fact(
    "file-changed",
    "A file does not have the bytes that the manifest gives.",
    "It was changed or damaged after it was written; it is not looked into further.",
)
files.fact(
    "file-unreadable",
    "A file cannot be read.",
    "Damaged Parquet is found by the checksums of its pages; build or download the corpus again.",
)
files.fact(
    "file-metadata",
    "The metadata of a file are not those of the manifest.",
    "A file that is passed on alone says by itself which corpus and version it is of.",
)
files.fact(
    "row-count",
    "A table does not have the number of rows that the manifest gives.",
    "Rows were lost or added after the build.",
)
files.fact(
    "content-hash",
    "The content hash, or that of a part, is not the hash of the rows.",
    "The content hash is the identity of the corpus, by which it is cited.",
)
files.fact(
    "codebook-broken",
    "The codebook that ships with the corpus cannot be read, or lacks variables that the tables need.",
    "Without it no category of the corpus can be understood.",
)
files.fact(
    "codebook-manifest",
    "The manifest names another codebook or version than the one that ships with the corpus.",
    "Two versions of a codebook may mean different things by one category.",
)
schema.fact(
    "columns",
    "The columns of a table are not those of its definition, in name, order or type.",
    "Programs that read the corpus rely on them. What needs the table is not checked further.",
)
schema.fact(
    "column-facts",
    "What a file says of a column is not its definition: whether it may be empty, description, values, references.",
    "The files document themselves; a wrong description is worse than none.",
)
schema.fact(
    "table-facts",
    "What a file says a row of its table is, is not the definition.",
    "The files document themselves; a wrong description is worse than none.",
)
project.fact(
    "project-broken",
    "The project to which the corpus belongs cannot be read.",
    "Corpus and sources cannot be compared; `aussage build` shows what is wrong.",
)
project.fact(
    "corpus-stale",
    "Name or version of the corpus are not those of the project.",
    "The corpus was built from an earlier state; build it again.",
)
project.fact(
    "codebook-stale",
    "The codebook that ships with the corpus is not the project's.",
    "The corpus was built by another codebook; build it again.",
)
project.fact(
    "article-stale",
    "No article in seeds/ has the SHA-256 of a document.",
    "The article was changed or removed, so that nobody can trace the offsets to what was given.",
)
project.fact(
    "exemption-needless",
    "A lowered level is no longer needed.",
    "It would hide the next row that breaks the rule; take it out of aussage.toml.",
)
