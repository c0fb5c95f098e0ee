"""Which configuration leads from one way of writing to another."""

from __future__ import annotations

from types import MappingProxyType

from articlekit.errors import ConfigError
from articlekit.text.script.conversion import configurations

# Name → how configurations call it, and the letter they end with for regional words.
WRITINGS = MappingProxyType(
    {
        "hans": ("s", ""),
        "hant": ("t", ""),
        "tw": ("tw", ""),
        "twp": ("tw", "p"),
        "hk": ("hk", ""),
        "hkp": ("hk", "p"),
        "jp": ("jp", ""),
    }
)


def configuration_for(to: str, source: str | None = None) -> str:
    """Return the configuration that converts to a way of writing.

    Args:
        to: ``hans`` (Simplified), ``hant`` (Traditional, OpenCC's standard), ``tw``, ``hk`` (as Taiwan and
            Hong Kong write it), ``twp``, ``hkp`` (with their words too), or ``jp`` (new Japanese kanji).
        source: likewise; unset it is ``hans``, or ``hant`` where the target is Simplified or Japanese.

    Raises:
        ConfigError: for an unknown name, or where no configuration leads from one to the other.

    >>> configuration_for("hans"), configuration_for("hans", "twp"), configuration_for("hk")
    ('t2s', 'tw2sp', 's2hk')
    """
    source = source or ("hant" if to in ("hans", "jp") else "hans")
    for name in (to, source):
        if name not in WRITINGS:
            raise ConfigError(f"script {name!r} is unknown; choose one of {', '.join(WRITINGS)}")
    if (config := _config(source, to)) not in configurations():
        ways = [one for one in WRITINGS if _config(one, to) in configurations()]
        raise ConfigError(
            f"no configuration converts from {source} to {to}; those to {to} are from {', '.join(ways)}"
        )
    return config


def _config(source: str, to: str) -> str:
    (before, words), (after, more_words) = WRITINGS[source], WRITINGS[to]
    return f"{before}2{after}{words or more_words}"
