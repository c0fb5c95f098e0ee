"""What commands say on standard error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import click


@dataclass(frozen=True, slots=True)
class Messages:
    """Standard error at three levels: errors always, notices unless quiet, details when verbose."""

    quiet: bool = False
    verbose: bool = False

    def error(self, text: str) -> None:
        click.echo(f"articlekit: {text}", err=True)

    def notice(self, text: str) -> None:
        if not self.quiet:
            click.echo(f"articlekit: {text}", err=True)

    def detail(self, text: str) -> None:
        if self.verbose:
            click.echo(f"articlekit: {text}", err=True)

    def fields(self, guessed: Mapping[str, Mapping[str, str]]) -> None:
        """Say which fields were taken for what, once per input."""
        for uri, guess in guessed.items():
            taken = ", ".join(f"{role} from {name!r}" for role, name in guess.items())
            self.notice(f"{uri}: {taken} (give --text-field and the like to choose others)")


def counted(number: int, noun: str) -> str:
    """Return number and noun, such as ``1 record`` or ``1,204 records``.

    >>> counted(1204, "record")
    '1,204 records'
    """
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def listed(counts: Mapping[str, int] | Iterable[tuple[str, int]]) -> str:
    """Return counts as ``empty-body 3, not-json 1``, the most frequent first."""
    pairs = counts.items() if isinstance(counts, Mapping) else counts
    return ", ".join(f"{name} {number}" for name, number in sorted(pairs, key=lambda p: (-p[1], p[0])))
