"""A revision of a project in git: its built corpus, read from the object store without a checkout.

Only `rev-parse`, `ls-tree` and `cat-file` run, which start no hook, filter, pager or monitor; settings of the
repository that could start a program or reach a network are overruled.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import IO, Any

from aussage.corpus.errors import CorpusError
from aussage.corpus.loading import BUILT
from aussage.release.opening.budget import MOST_ENTRIES, MOST_UNPACKED
from aussage.release.opening.proof import corpus_problems
from aussage.release.opening.refusal import Refused
from aussage.release.opening.zip_names import fault_of_name
from aussage.tables.parts import is_part_file

SETTINGS = ("core.fsmonitor=false", f"core.hooksPath={os.devnull}", "protocol.allow=never", "core.pager=cat")
FILES = ("100644", "100755")


def commit_of(revision: str, project: Path) -> str | None:
    """The commit that a name means in the project's repository; nothing if it means none, or there is no repository."""
    if revision.startswith("-") or not revision.strip() or "\0" in revision or not shutil.which("git"):
        return None
    found = _git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return None if found is None else found.decode().strip() or None


def write_corpus(commit: str, project: Path, target: Path) -> None:
    """Write the built corpus of a commit into the new folder `target`; nothing stays if it cannot be used.

    Raises:
        CorpusError: the commit has no built corpus.
        Refused: it has one that is damaged.
    """
    try:
        _write(commit, project, target)
        if problems := corpus_problems(target):
            mend = "build the corpus at that commit, or name another one"
            raise Refused(f"the corpus of commit {commit[:12]}", problems, mend)
    except OSError as error:
        shutil.rmtree(target, ignore_errors=True)
        raise CorpusError(f"commit {commit[:12]} cannot be read into {target}: {error.strerror}") from None
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise


def _write(commit: str, project: Path, target: Path) -> None:
    prefix = _git(project, "rev-parse", "--show-prefix")
    place = (prefix or b"").decode().rstrip("\n") + BUILT.as_posix()
    listed = _git(project, "ls-tree", "-r", "-z", "-l", "--full-tree", commit, f"{place}/")
    rows = [_row(line, place) for line in (listed or b"").split(b"\0") if line]
    if not rows:
        raise CorpusError(
            f"commit {commit[:12]} has no built corpus: there is no {place} in it; name a commit that has one, "
            "or check the commit out elsewhere and run `aussage build` there"
        )
    problems = [f"{name!a} is no plain file" for mode, _, _, name in rows if mode not in FILES or not _is_plain(name)]
    problems += [f"{name!a}: {fault}" for *_, name in rows if (fault := fault_of_name(name))]
    if len(rows) > MOST_ENTRIES or sum(size for *_, size, _ in rows) > MOST_UNPACKED:
        problems.append("it has more or larger files than are read")
    if problems:
        raise Refused(f"the corpus of commit {commit[:12]}", problems, "name another commit")
    target.mkdir(parents=True)
    for _, blob, _, name in rows:
        (target / name).parent.mkdir(exist_ok=True)
        with (target / name).open("xb") as sink:
            if _git(project, "cat-file", "blob", blob, sink=sink) is None:
                raise CorpusError(f"{name} of commit {commit[:12]} cannot be read; is the repository a partial clone?")


def _is_plain(name: str) -> bool:
    """Whether it is a file of the folder itself, or the part file of a table."""
    folder, _, file = name.rpartition("/")
    return not folder or ("/" not in folder and folder.endswith(".parquet") and is_part_file(file))


def _row(line: bytes, place: str) -> tuple[str, str, int, str]:
    """Mode, object, size and name (seen from `place`) of a line of `ls-tree`; what is no file has the size 0."""
    about, _, path = line.partition(b"\t")
    mode, _, blob, size = about.decode().split()
    name = path.decode("utf-8", errors="backslashreplace").removeprefix(f"{place}/")
    return mode, blob, int(size) if size.isdigit() else 0, name


def _git(project: Path, *arguments: str, sink: IO[Any] | None = None) -> bytes | None:
    """What git prints (nothing if it fails), or b"" when it prints into `sink`."""
    command = ["git", "--no-pager", "--no-replace-objects", "--literal-pathspecs"]
    for setting in SETTINGS:
        command += ["-c", setting]
    # Variables of a git that runs around us would point to another repository.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    ours = {
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
    }
    done = subprocess.run(
        [*command, *arguments],
        cwd=project,
        env={**kept, **ours, "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=sink if sink else subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return None if done.returncode else (done.stdout or b"")
