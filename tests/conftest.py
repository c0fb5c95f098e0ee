"""What tests share."""

from pathlib import Path

import pytest
from hypothesis import settings

# Machines are noisy: how long one example takes says nothing.
settings.register_profile("articlekit", deadline=None)
settings.load_profile("articlekit")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def scraped() -> Path:
    """The folder of scraped-like fixtures."""
    return ROOT / "fixtures" / "scraped"
