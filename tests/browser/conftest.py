"""A browser for the tests; on a machine without Chromium these tests are not collected.

In CI a missing browser is an error, so that they cannot go missing unseen.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FOUND = next((path for name in _NAMES if (path := shutil.which(name))), None)
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
collect_ignore_glob = [] if _FOUND or os.environ.get("CI") else ["test_*.py"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a running Chromium."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=_FOUND, args=list(_QUIET))
        yield running
        running.close()
