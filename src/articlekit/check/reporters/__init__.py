"""How findings are reported. A new format is one module here and one line in `REPORTERS`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Protocol

from articlekit.check.findings import Finding, Tally
from articlekit.check.reporters import json, text


class Reporter(Protocol):
    """Turns findings into lines to print, while they come."""

    def __call__(self, findings: Iterable[Finding], tally: Tally) -> Iterator[str]:
        """Yield lines without line feeds. `tally` is complete when `findings` is exhausted."""


REPORTERS: Mapping[str, Reporter] = MappingProxyType({"text": text.report, "json": json.report})
