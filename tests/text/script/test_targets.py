from __future__ import annotations

from contextlib import suppress

import pytest

from articlekit.errors import ConfigError
from articlekit.text.script.conversion import configurations, description
from articlekit.text.script.targets import WRITINGS, configuration_for


@pytest.mark.parametrize(
    ("to", "source", "config"),
    [
        ("hans", None, "t2s"),
        ("hans", "tw", "tw2s"),
        ("hans", "hkp", "hk2sp"),
        ("hant", None, "s2t"),
        ("hant", "jp", "jp2t"),
        ("twp", None, "s2twp"),
        ("hk", "hant", "t2hk"),
        ("jp", None, "t2jp"),
    ],
)
def test_a_way_has_its_configuration(to: str, source: str | None, config: str) -> None:
    assert configuration_for(to, source) == config


def test_every_configuration_can_be_reached() -> None:
    found = set()
    for to in WRITINGS:
        for source in WRITINGS:
            with suppress(ConfigError):
                found.add(configuration_for(to, source))
    assert found == set(configurations())


def test_where_there_is_no_way_the_ways_there_are_are_said() -> None:
    with pytest.raises(ConfigError, match="from hk to tw; those to tw are from hans, hant"):
        configuration_for("tw", "hk")


def test_an_unknown_script_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="'cn' is unknown; choose one of hans, hant"):
        configuration_for("cn")


def test_every_configuration_is_described() -> None:
    assert all(" to " in description(name) for name in configurations())
