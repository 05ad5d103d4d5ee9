"""A deposit's particular troubles, one by one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from deposit_faults import FILES, METADATA, Faults, Killed, World, plan

from aussage.release.deposit import DepositError, NotAsSent, Rejected
from aussage.release.deposit.finding import Known
from aussage.release.deposit.metadata_match import differences
from aussage.release.deposit.plan import LocalFile
from aussage.release.deposit.states import Complete, Confirmed


def count(world: World, method: str, part: str) -> int:
    return sum(called == method and part in path for called, path in world.server.calls)


@pytest.mark.parametrize("fault", ["after", "late", "timeout after", "half"])
def test_what_was_published_is_not_published_again(tmp_path: Path, fault: str) -> None:
    world = World(tmp_path)
    assert (
        world.run(Faults(script={"POST /api/deposit/depositions/1001/actions/publish": [fault]})).state == "published"
    )
    assert world.is_right()
    assert world.server.published_twice == 0 or fault == "late"


@pytest.mark.parametrize("fault", ["reset part", "reset", "after", "half", "timeout after"])
def test_a_broken_upload_is_replaced_in_the_same_draft(tmp_path: Path, fault: str) -> None:
    world = World(tmp_path)
    world.run(Faults(script={"PUT /api/files/": [fault, fault]}))
    assert world.is_right()
    sent_whole = fault in ("after", "half", "timeout after")
    assert count(world, "PUT", ".zip") == (1 if sent_whole else 3 if fault == "reset part" else 1)


def test_files_that_are_there_are_not_sent_again(tmp_path: Path) -> None:
    world = World(tmp_path)
    name = next(iter(FILES))
    number = world.draft(METADATA, {name: FILES[name], "README.md": b"other", "foreign.txt": b"x"})
    world.server.calls.clear()
    world.run()
    assert world.is_right()
    assert [entry["id"] for entry in world.server.records] == [number]
    assert count(world, "PUT", ".zip") == 0
    assert count(world, "PUT", "/api/files/") == 2
    assert count(world, "DELETE", "/files/") == 2


@pytest.mark.parametrize("fault", ["after", "half", "timeout after", "twice"])
@pytest.mark.parametrize("lag", [0.0, 15.0])
def test_a_draft_is_never_doubled(tmp_path: Path, fault: str, lag: float) -> None:
    world = World(tmp_path, lag=lag)
    world.run(Faults(script={"POST /api/deposit/depositions": [fault]}), publish=False)
    assert len(world.server.drafts) == 1
    assert not world.server.records
    world.run()
    assert world.is_right()


@pytest.mark.parametrize("request_", [*range(1, 20)])
def test_a_run_right_after_one_that_was_killed_makes_no_second_draft(tmp_path: Path, request_: int) -> None:
    world = World(tmp_path, lag=20.0)
    with pytest.raises(Killed):
        world.run(Faults(kill_at=request_, kill_after=True))
    world.clock.moment -= 90  # the list still shows what was before
    world.run()
    assert world.is_right()
    assert count(world, "DELETE", "/api/deposit/depositions/1003") == 0


@pytest.mark.parametrize("style", ["current", "documented"])
def test_a_left_over_draft_of_the_concept_is_taken(tmp_path: Path, style: str) -> None:
    world = World(tmp_path, style=style)
    record = world.with_record()
    world.call("POST", f"/api/deposit/depositions/{record}/actions/newversion")
    (draft,) = world.server.drafts
    world.server.calls.clear()
    world.run()
    assert world.is_right()
    assert world.server.records[-1]["id"] == draft["id"]
    assert count(world, "POST", "newversion") == 0


def test_a_draft_that_the_list_hides_is_found_when_the_server_refuses_another(tmp_path: Path) -> None:
    world = World(tmp_path, lag=20.0)
    record = world.with_record()
    world.call("POST", f"/api/deposit/depositions/{record}/actions/newversion")
    world.clock.moment -= 59  # the list does not show it yet
    world.run()
    assert world.is_right()
    assert count(world, "POST", "newversion") >= 2


def test_metadata_changed_by_somebody_else_stop_the_publication(tmp_path: Path) -> None:
    world = World(tmp_path)
    real = Complete.published

    def changed(self: Complete, work: object, confirmed: Confirmed) -> object:
        world.server.depositions[self.number]["metadata"]["title"] = "Another"
        return real(self, work, confirmed)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Complete, "published", changed)
        with pytest.raises(NotAsSent, match="title"):
            world.run()
    assert not world.server.records


def test_a_published_record_that_differs_is_reported_and_its_doi_not_kept(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.server._publish_really = world.server._publish  # type: ignore[attr-defined]

    def spoiled(*arguments: object) -> object:
        answer = world.server._publish_really(*arguments)  # type: ignore[attr-defined]
        files = world.server.records[0]["files"]
        files["README.md"] = ("f-x", 3, "0" * 32)
        return answer

    world.server._publish = spoiled  # type: ignore[method-assign,assignment]
    with pytest.raises(NotAsSent, match=r"README\.md has 3 bytes"):
        world.run()
    assert world.kept == []


def test_other_files_under_a_published_version_are_an_error(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.run()
    other = replace(plan(), files=(LocalFile.of("neudorf-1.1.0-text-free.zip", b"other"), *plan().files[1:]))
    with pytest.raises(NotAsSent, match="published, but not as it was sent"):
        world.run(this=other)
    assert len(world.server.records) == 1


def test_without_a_concept_a_record_of_the_same_title_is_not_doubled(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.with_record(known=False)
    with pytest.raises(DepositError, match="concept"):
        world.run()
    assert not world.server.drafts


def test_a_concept_of_another_account_is_said(tmp_path: Path) -> None:
    world = World(tmp_path, known=Known("10.5281/zenodo.5", ("10.5281/zenodo.6",)))
    with pytest.raises(DepositError, match="has no record of the concept"):
        world.run()
    assert not world.server.drafts


def test_metadata_that_zenodo_refuses_leave_one_draft_at_most(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.draft(METADATA, {})
    with pytest.raises(Rejected, match=r"metadata\.rights: Invalid value"):
        world.run(this=plan(license="no-such-licence"))
    assert len(world.server.drafts) == 1
    world.run()
    assert world.is_right()


def test_nothing_is_published_without_a_confirmation_of_this_version(tmp_path: Path) -> None:
    world = World(tmp_path)
    assert world.run(publish=False).state == "complete"
    assert not world.server.records
    assert Confirmed.typed("yes", plan()) is None
    assert Confirmed.typed("", plan()) is None
    assert Confirmed.typed(" 1.1.0\n", plan()) == Confirmed("1.1.0")
    with pytest.raises(DepositError, match="was confirmed"):
        Confirmed("1.0.0").demand(plan())


def test_a_note_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    world = World(tmp_path)
    foreign = world.draft(METADATA | {"title": "Something else"}, {"theirs.txt": b"theirs"})
    (tmp_path / ".neudorf-1.1.0-text-free.zip.zenodo-test.json").write_text(
        f'{{"server": "https://zenodo.test", "number": {foreign}}}'
    )
    world.run()
    assert set(world.server.depositions[foreign]["files"]) == {"theirs.txt"}
    assert len(world.server.records) == 1


@pytest.mark.parametrize(
    ("found", "amiss"),
    [
        ({}, ["title", "license", "description", "creators", "keywords"]),
        ({"title": "Neudorf"}, ["license", "description", "creators", "keywords"]),
    ],
)
def test_metadata_are_compared_field_by_field(found: dict[str, object], amiss: list[str]) -> None:
    sent = {
        "title": "Neudorf",
        "license": "CC-BY-4.0",
        "description": "<p>a &amp; b</p><p>c</p>",
        "creators": [{"name": "A"}],
        "keywords": ["x", "y"],
    }
    assert [line.split(":")[0] for line in differences(sent, found)] == amiss
    same = {
        **sent,
        "license": {"id": "cc-by-4.0"},
        "description": "<p>a & b</p>\n<p>c</p>",
        "creators": [{"name": "A", "orcid": None}],
        "doi": "10.5281/zenodo.1",
    }
    assert differences(sent, same) == []
    assert differences(sent, {**same, "keywords": ["y", "x"]}) != []
    assert differences(sent, {**same, "creators": [{"name": "A"}, {"name": "B"}]}) != []
