"""How each kind of problem is found in one record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any, TypeAlias

from articlekit import schemas
from articlekit.adapters.json_schema import compile_schema
from articlekit.check.findings import Severity
from articlekit.check.residue import Sign, find_annotations, find_lost, find_mojibake
from articlekit.check.seen import Seen
from articlekit.dedup.normalise import normalise
from articlekit.errors import SchemaError
from articlekit.model import Removal
from articlekit.rules.model import RuleSet
from articlekit.steps import chrome
from articlekit.text.lines import Line, split_lines

_FIELDS = ("title", "text", "author", "editor", "channel", "site")
_EXCERPT = 60  # characters of a text in a message
_LOSS_FLAGS = ("lost-", "lossy-")  # kinds of flags by which a record says itself that characters are lost


@dataclass(frozen=True)
class Subject:
    """One record and what a check may need beside it.

    Attributes:
        kind: the record type, such as ``article``; None where the record does not say a known one.
        value: the parsed record.
        line: where it stands in its file, from 1.
        rules: of lines that belong to a site.
        seen: ids and texts of the records before this one.
    """

    kind: str | None
    value: Any
    line: int
    rules: RuleSet
    seen: Seen

    @cached_property
    def left(self) -> tuple[Removal, ...]:
        """What the rules would take out of the text of an article."""
        lines = _lines(self.value["text"], self.value["sections"])
        return chrome.remove(lines, self.rules, self.value["source"]["url"]).removed


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check found; `severity` where it is not the usual one of the check."""

    message: str
    severity: Severity | None = None


Find: TypeAlias = Callable[[Subject], Iterator[Problem]]


def kind_of(value: Any) -> str | None:
    """Return the record type of a parsed record, or None.

    >>> kind_of({"schema": "articlekit/article/1"}), kind_of({"text": "…"})
    ('article', None)
    """
    schema = value.get("schema") if isinstance(value, dict) else None
    name = schema.split("/")[1] if isinstance(schema, str) and schema.count("/") == 2 else None
    return name if name in schemas.names() and schema == f"articlekit/{name}/1" else None


def unknown_record(subject: Subject) -> Iterator[Problem]:
    if subject.kind is None:
        schema = subject.value.get("schema") if isinstance(subject.value, dict) else None
        what = f"schema {_quoted(schema)}" if isinstance(schema, str) else "no schema"
        yield Problem(f"{what}; known are {', '.join(f'articlekit/{name}/1' for name in schemas.names())}")


def against_schema(subject: Subject) -> Iterator[Problem]:
    try:
        _validator(subject.kind or "")(subject.value)
        if subject.kind in ("duplicate", "dropped") and kind_of(subject.value["record"]) == "article":
            _validator("article")(subject.value["record"])
    except SchemaError as error:
        yield Problem(str(error))


@cache
def _validator(kind: str) -> Callable[[Any], None]:
    return compile_schema(schemas.load(kind))


def balance(subject: Subject) -> Iterator[Problem]:
    counts = dict(subject.value["counts"])
    read = counts.pop("read")
    if read != sum(counts.values()):
        yield Problem(f"{read} records read, but {sum(counts.values())} accounted for: {counts}")


def empty_body(subject: Subject) -> Iterator[Problem]:
    if not subject.value["text"].strip():
        yield Problem("text is empty")


def missing_title(subject: Subject) -> Iterator[Problem]:
    if not (subject.value["title"] or "").strip():
        yield Problem("title is missing")


def mojibake(subject: Subject) -> Iterator[Problem]:
    for field, text in _texts(subject):
        if sign := find_mojibake(text):
            yield Problem(f"{field}: {_excerpt(text, sign)} looks like {sign.what}")


def lost_text(subject: Subject) -> Iterator[Problem]:
    said = any(flag["kind"].startswith(_LOSS_FLAGS) for flag in subject.value["flags"])
    for field, text in _texts(subject):
        if sign := find_lost(text):
            message = f"{field}: {_excerpt(text, sign)}: {sign.what}{_times(sign)}"
            yield Problem(f"{message}; flagged in the record", "warning") if said else Problem(message)


def annotation(subject: Subject) -> Iterator[Problem]:
    for field, text in _texts(subject):
        if sign := find_annotations(text):
            yield Problem(f"{field}: {_excerpt(text, sign)}: {sign.what}{_times(sign)}")


def chrome_line(subject: Subject) -> Iterator[Problem]:
    return _left_lines(subject, contact=False)


def contact_line(subject: Subject) -> Iterator[Problem]:
    return _left_lines(subject, contact=True)


def _left_lines(subject: Subject, *, contact: bool) -> Iterator[Problem]:
    for removal in subject.left:
        if (removal.category == "contact") == contact:
            rule = subject.rules.get(removal.rule)
            yield Problem(
                f"text, line {removal.line}: {_quoted(removal.text)} is a {removal.category} line "
                f"(rule {removal.rule})",
                rule.severity if rule else None,
            )


def duplicate_id(subject: Subject) -> Iterator[Problem]:
    if first := subject.seen.id(subject.value["id"], subject.line):
        yield Problem(f"the id {_quoted(subject.value['id'])} is that of the record at {first}")


def duplicate_text(subject: Subject) -> Iterator[Problem]:
    """Compare exactly, but for script, width, case and wrapping; copies that are marked as such are meant."""
    if subject.value["dedup"]["kept_id"] is not None:
        return
    text = normalise(subject.value["text"]).strip()
    if text and (first := subject.seen.text(text, subject.line)):
        yield Problem(f"the text is that of the record at {first}")


def _texts(subject: Subject) -> Iterator[tuple[str, str]]:
    return ((field, text) for field in _FIELDS if (text := subject.value[field]))


def _lines(text: str, sections: list[dict[str, Any]]) -> list[Line]:
    """Return the lines of a text; those that are headings by the sections say so."""
    headings = iter([(part["number"] or "", part["heading"]) for part in sections if part["heading"]])
    none: tuple[str, str | None] = ("", None)
    number, heading = next(headings, none)
    lines = []
    for line in split_lines(text):
        bare = line.text.strip()
        if heading is not None and bare.startswith(number) and bare.endswith(heading):
            lines.append(replace(line, role="heading", level=1))
            number, heading = next(headings, none)
        else:
            lines.append(line)
    return lines


def _excerpt(text: str, sign: Sign) -> str:
    return _quoted(text[max(sign.start - 8, 0) : sign.end + 8])


def _quoted(text: str) -> str:
    shown = " ".join(text.split())
    return f"“{shown if len(shown) <= _EXCERPT else shown[: _EXCERPT - 1] + '…'}”"


def _times(sign: Sign) -> str:
    return f" ({sign.count} places)" if sign.count > 1 else ""
