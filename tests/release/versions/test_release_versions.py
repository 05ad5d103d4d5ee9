"""Versions: what is one, which comes first, which step lies between, and which step is too small."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aussage.release.versions import NoVersion, Step, Version, step_between, too_small

ORDER = "1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0 1.0.1 1.1.0"
SOME = st.builds(
    Version,
    st.integers(0, 3),
    st.integers(0, 3),
    st.integers(0, 3),
    st.lists(st.sampled_from(["rc", "1", "11", "a-b"]), max_size=3).map(tuple),
)


@pytest.mark.parametrize("text", ["1.0.0", "0.0.0", "1.2.3-rc.1+abc.01", "10.20.30", "1.0.0--", "1.0.0+0"])
def test_a_version_reads_back(text: str) -> None:
    assert str(Version.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "1", "1.0", "v1.0.0", "01.0.0", "1.0.0-01", "1.0.0-", "1.0.0\n", "1.٣.0", "1" * 999]
)
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(NoVersion, match="is no semantic version"):
        Version.parse(text)


def test_the_order_of_the_standard() -> None:
    versions = [Version.parse(text) for text in ORDER.split()]
    assert all(first < second for first, second in pairwise(versions))
    assert sorted(versions[::2] + versions[1::2]) == versions


def test_what_is_built_has_no_order() -> None:
    assert Version.parse("1.0.0+a") == Version.parse("1.0.0+b")
    assert len({Version.parse("1.0.0+a"), Version.parse("1.0.0")}) == 1


@pytest.mark.parametrize(
    ("old", "new", "step"),
    [
        ("1.0.0", "2.0.0", Step.MAJOR),
        ("1.0.0", "1.1.0", Step.MINOR),
        ("1.1.0", "1.1.1", Step.PATCH),
        ("1.0.0", "1.0.0", Step.NONE),
        ("1.0.0", "0.9.0", Step.NONE),
        ("0.1.0", "0.2.0", Step.MAJOR),
        ("0.1.0", "0.1.1", Step.PATCH),
        ("0.9.0", "1.0.0", Step.MAJOR),
        ("1.0.0", "2.0.0-rc.1", Step.MAJOR),
        ("2.0.0-rc.1", "2.0.0", Step.MAJOR),
        ("2.1.0-rc.1", "2.1.0-rc.2", Step.MINOR),
        ("2.1.1-rc.1", "2.1.1", Step.PATCH),
    ],
)
def test_the_step_between(old: str, new: str, step: Step) -> None:
    assert step_between(Version.parse(old), Version.parse(new)) is step


def test_too_small() -> None:
    old = Version.parse("1.2.0")
    assert too_small(old, Version.parse("1.2.1"), Step.MINOR)
    assert not too_small(old, Version.parse("1.3.0"), Step.MINOR)
    assert not too_small(old, old, Step.NONE)
    assert too_small(old, old, Step.PATCH)
    assert too_small(old, Version.parse("1.1.9"), Step.NONE), "a version never goes back"
    assert not too_small(None, Version.parse("0.0.1"), Step.MAJOR), "a first release may have any version"
    assert not too_small(Version.parse("0.1.0"), Version.parse("0.2.0"), Step.MAJOR)
    assert too_small(Version.parse("0.1.0"), Version.parse("0.1.1"), Step.MINOR)


@given(SOME, st.sampled_from(Step))
def test_the_next_version_is_never_too_small(old: Version, step: Step) -> None:
    assert not too_small(old, old.after(step), step)


@given(SOME, SOME)
def test_two_versions_are_in_one_order(first: Version, second: Version) -> None:
    assert (first < second) + (first == second) + (first > second) == 1
    assert Version.parse(str(first)) == first
