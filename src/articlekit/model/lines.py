"""A line of an article on its way through the steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Role: TypeAlias = Literal["plain", "paragraph", "heading", "bold", "list-item", "table-row", "caption"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text that is being cleaned.

    Attributes:
        number: line of the decoded input text (for HTML: of the extracted lines), from 1.
        text: the line without its line break; may be empty.
        role: what the markup said it is; ``plain`` where there was no markup.
        level: 1 to 6 for a heading of the markup (``h1`` to ``h6``), else 0.
        link_density: share of its characters that stood inside links, 0 to 1.
    """

    number: int
    text: str
    role: Role = "plain"
    level: int = 0
    link_density: float = 0.0
