"""One headless Chromium for all tests of pages; without Chromium they are skipped."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Chromium, find_chromium


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    """The browser, which the tests of a session share."""
    program = find_chromium()
    if program is None:
        pytest.skip("Chromium is not installed")
    browser = Chromium(program, tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.close()


@pytest.fixture
def browser(chromium: Chromium) -> Chromium:
    """The browser as it was at the beginning: a desktop, light."""
    chromium.resize(1360, 950)
    chromium.media("light")
    return chromium


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The file into which a test writes its page."""
    return tmp_path / "reader.html"
