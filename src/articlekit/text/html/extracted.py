"""What extraction gives: lines, metadata and notes."""

from __future__ import annotations

from dataclasses import dataclass, field

from articlekit.model import Metadata
from articlekit.text.lines import Line


@dataclass(frozen=True, slots=True)
class Extracted:
    """The article's lines in order, numbered from 1, and what the page says about it.

    `notes` name what was unusual, for people and for counting: ``tolerant-parser`` (the page was parsed
    again by a more tolerant parser), ``linear-parser`` (it was hostile and only its text was read),
    ``embedded`` (the article stands in a script of the page), ``no-prose`` (nothing on it reads like an
    article). `comments` are lines of readers' comments, where they are kept apart.
    """

    lines: tuple[Line, ...]
    metadata: Metadata = field(default_factory=Metadata)
    notes: tuple[str, ...] = ()
    comments: tuple[Line, ...] = ()
