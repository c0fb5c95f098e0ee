"""How a setting is declared: as a field of a section, with its kind, its default and what it does."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from articlekit.config.kinds import Kind, found
from articlekit.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known about one setting.

    Attributes:
        section: the table it stands in, such as ``dedup``.
        name: its key there, such as ``threshold``.
        kind: its type and range.
        default: its value where nobody sets it.
        doc: what it does, one or two sentences.
        flag: the option of the command line that sets it, such as ``--threshold``; None where there is none.
        changes_output: whether the records that are written depend on it.
    """

    section: str
    name: str
    kind: Kind
    default: Any
    doc: str
    flag: str | None
    changes_output: bool

    @property
    def key(self) -> str:
        """Its dotted key, such as ``dedup.threshold``."""
        return f"{self.section}.{self.name}"

    @property
    def variable(self) -> str:
        """Its environment variable, such as ``ARTICLEKIT_DEDUP_THRESHOLD``."""
        return f"ARTICLEKIT_{self.section}_{self.name}".upper()


def setting(kind: Kind, default: Any, doc: str, flag: str | None = None, changes_output: bool = True) -> Any:
    """Declare a field that is a setting."""
    facts = {"kind": kind, "doc": doc, "flag": flag, "changes_output": changes_output}
    return dataclasses.field(default=default, metadata=facts)


class Section:
    """A table of settings; holds checked values only, however it is made."""

    __slots__ = ()

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):  # type: ignore[arg-type]
            kind: Kind = field.metadata["kind"]
            value = getattr(self, field.name)
            object.__setattr__(self, field.name, checked(kind, value, f"{type(self).__name__}.{field.name}"))


def checked(kind: Kind, value: Any, place: str, *, text: bool = False) -> Any:
    """Return the value to hold.

    Args:
        kind: what the setting may be.
        value: as given: typed, or text to be parsed where `text` is true.
        place: what to call the setting in the error.
        text: whether `value` is text that stands for a value, as in the environment.

    Raises:
        ConfigError: with what was expected and what was found.
    """
    try:
        return kind.parse(value) if text else kind.check(value)
    except ValueError as error:
        hint = str(error) if type(error) is ValueError else ""
        seen = "" if hint and kind.expected.startswith(found(value)) else f", found {found(value)}"
        raise ConfigError(f"{place}: expected {kind.expected}{seen}{f'; {hint}' if hint else ''}") from None
