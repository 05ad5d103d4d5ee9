"""What a name can mean: folders, bundles, revisions, kept versions; what is said when it means nothing or too much."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from packed_neudorf import bag_of, read_record

from aussage.corpus import CorpusError
from aussage.release import store
from aussage.release.opening import NotFound, Refused, opened


def git(folder: Path, *arguments: str) -> None:
    names = {
        f"GIT_{who}_{what}": "someone@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    environment = {**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True)


@pytest.fixture
def repository(neudorf_corpus: Path, tmp_path: Path) -> Path:
    """A repository whose project stands in a folder of it; the working copy is another than the commit."""
    project = tmp_path / "repository" / "project"
    shutil.copytree(neudorf_corpus, project / "dataset" / "corpus")
    (project / "aussage.toml").write_text("", encoding="utf-8")
    git(project.parent, "init", "-q", "-b", "main")
    git(project.parent, "add", ".")
    git(project.parent, "commit", "-q", "-m", "first")
    git(project.parent, "tag", "v0.1.0")
    return project


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_folders_and_bundles(neudorf_corpus: Path, neudorf_bundle: Path, tmp_path: Path) -> None:
    bag = bag_of(neudorf_corpus, tmp_path)
    shutil.copy(neudorf_bundle, tmp_path / "renamed.dat")
    project = neudorf_corpus.parents[1]
    for named in (project, neudorf_corpus, bag, bag / "data", bag / "data" / "corpus", tmp_path / "renamed.dat"):
        for form in (named, str(named)):
            with opened(form) as folder:
                assert contents(folder) == contents(neudorf_corpus)


def test_what_was_unpacked_is_gone_afterwards(neudorf_bundle: Path) -> None:
    with opened(neudorf_bundle) as folder:
        assert (folder / "manifest.json").is_file()
    assert not folder.parent.exists()


@pytest.mark.parametrize("name", ["v0.1.0", "HEAD", "main", "main:", "HEAD^{commit}"])
def test_a_revision_is_read_without_a_checkout(repository: Path, neudorf_corpus: Path, name: str) -> None:
    (repository / "dataset" / "corpus" / "claims.parquet").write_bytes(b"changed, not committed")
    before = contents(repository / "dataset" / "corpus")
    with opened(name, repository / "dataset") as folder:
        assert contents(folder) == contents(neudorf_corpus)
    assert contents(repository / "dataset" / "corpus") == before


def test_no_program_of_the_repository_runs(repository: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\ncat\n", encoding="utf-8")
    trap.chmod(0o755)
    (repository.parent / ".gitattributes").write_text("* filter=trap diff=trap\n", encoding="utf-8")
    git(repository.parent, "add", ".gitattributes")
    git(repository.parent, "commit", "-q", "-m", "second")
    for hook in ("post-checkout", "post-index-change", "reference-transaction"):
        shutil.copy(trap, repository.parent / ".git" / "hooks" / hook)
    for key in (
        "core.fsmonitor", "core.pager", "core.sshCommand", "pager.cat-file", "filter.trap.smudge",
        "filter.trap.process",
        "diff.trap.textconv", "diff.external", "alias.cat-file", "core.editor", "core.askpass",
    ):  # fmt: skip
        git(repository.parent, "config", key, f"!{trap}" if key.startswith("alias") else str(trap))
    with opened("HEAD", repository) as folder:
        assert (folder / "manifest.json").is_file()
    assert not (tmp_path / "sprung").exists()


def test_another_repository_in_the_environment_does_not_matter(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    with opened("main", repository) as folder:
        assert (folder / "manifest.json").is_file()


def test_revisions_that_hold_no_usable_corpus(repository: Path) -> None:
    git(repository, "rm", "-q", "-r", "--cached", "dataset/corpus/claims.parquet")
    git(repository, "commit", "-q", "-m", "half")
    with pytest.raises(Refused, match=r"claims\.parquet is missing"), opened("HEAD", repository):
        pass
    (repository / "dataset" / "corpus" / "claims.parquet").unlink()
    (repository / "dataset" / "corpus" / "claims.parquet").symlink_to("/etc/passwd")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "link")
    with pytest.raises(Refused, match=r"claims\.parquet' is no plain file"), opened("HEAD", repository):
        pass
    git(repository, "rm", "-q", "-r", "-f", "dataset")
    git(repository, "commit", "-q", "-m", "none")
    with pytest.raises(CorpusError, match=r"no project/dataset/corpus in it"), opened("HEAD", repository):
        pass


def test_a_kept_version(neudorf_bundle: Path, neudorf_corpus: Path, tmp_path: Path, local_store: Path) -> None:
    release, _ = store.add(neudorf_bundle)
    for name in (release.version, f"{release.name}@{release.version}"):
        with opened(name, tmp_path) as folder:
            assert folder.is_relative_to(local_store)
            assert contents(folder) == contents(neudorf_corpus)


def test_a_name_that_means_several_things(repository: Path, neudorf_bundle: Path, local_store: Path) -> None:
    release, _ = store.add(neudorf_bundle)
    git(repository, "tag", release.version)
    with pytest.raises(NotFound, match=rf"the git commit .*, or the kept version {release.name}@"):
        opened(release.version, repository).__enter__()


def test_a_path_and_a_revision(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    (repository / "main").mkdir()
    with pytest.raises(NotFound, match=r"'main' could be the path \./main, or the git commit"):
        opened("main").__enter__()
    with pytest.raises(CorpusError, match="holds no corpus"):
        opened("./main").__enter__()
    with opened(".") as folder:
        assert read_record(folder / "manifest.json")["format"] == "aussage-corpus"


@pytest.mark.parametrize("name", ["nothing", "--output=x", "-h", "", "v9.9.9", "a\0b", "nobody@1.2.3"])
def test_a_name_that_means_nothing(repository: Path, local_store: Path, name: str) -> None:
    with pytest.raises(NotFound, match=r"there is no|is no name"):
        opened(name, repository).__enter__()
    assert not (repository / "x").exists()
