"""`aussage watch`: builds at once and after every change, through mistakes, until it is ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from fixtures import codebook_once

import aussage.parts
from aussage.cli.watch import command
from aussage.compile import BuildResult

ANNOTATION = "dataset/annotations/bruecken/coder-a.yaml"


@pytest.fixture(autouse=True)
def _codebook_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aussage.codebook.load_codebook", codebook_once)


def test_it_builds_after_every_change_and_survives_mistakes(neudorf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, ended = neudorf / ANNOTATION, threading.Semaphore(0)
    good, build = path.read_bytes(), aussage.parts.build

    def told(root: Path) -> BuildResult:
        result = build(root)
        ended.release()
        return result

    def edit() -> None:
        for content in (good.replace(b"type: COMMIT", b"type: COMIT", 1), b"\x00", good + b"# a note\n"):
            assert ended.acquire(timeout=60)
            path.write_bytes(content)

    monkeypatch.setattr("aussage.parts.build", told)
    editor = threading.Thread(target=edit)
    editor.start()
    words = [str(neudorf), "--interval", "0.05", "--builds", "4", "--json"]
    answer = CliRunner().invoke(command, words, catch_exceptions=False)
    editor.join()
    assert answer.exit_code == 0
    builds = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [build["ok"] for build in builds] == [True, False, False, True]
    assert [finding["code"] for finding in builds[1]["findings"]] == ["unknown-category"]
    assert builds[0]["content_hash"] == builds[3]["content_hash"]


def test_new_ids_of_the_registry_reach_the_schema_for_editors(neudorf: Path) -> None:
    answer = CliRunner().invoke(command, [str(neudorf), "--builds", "1"], catch_exceptions=False)
    assert answer.exit_code == 0
    assert "documents 1" in answer.stdout
    schema = (neudorf / "schema" / "annotation.schema.json").read_text(encoding="utf-8")
    assert '"anna-beispiel"' in schema


def test_a_fault_of_a_build_does_not_end_it(neudorf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: Path) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr("aussage.parts.build", fails)
    answer = CliRunner().invoke(command, [str(neudorf), "--builds", "1"], catch_exceptions=False)
    assert answer.exit_code == 0
    assert "in the middle" in answer.stderr


@pytest.mark.prove
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_ends_it_with_0(neudorf: Path) -> None:
    code = "from aussage.cli.watch import command; command()"
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", code, str(neudorf)], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("watching"):
            break
    os.kill(process.pid, signal.SIGINT)
    assert process.wait(10) == 0
