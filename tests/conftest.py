"""What tests share."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def scraped() -> Path:
    """The folder of scraped-like fixtures."""
    return ROOT / "fixtures" / "scraped"
