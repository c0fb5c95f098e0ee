"""The ledger: with the record it belongs to, it gives the decoded input text back, character by character.

A ledger line holds only what the record does not: which line went where, and what the steps replaced.
`docs/ledger.md` describes the format.
"""

from __future__ import annotations

import binascii
import hashlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any

from articlekit.errors import LedgerError, RecordError
from articlekit.model import Article, Edit, Trace
from articlekit.records.assembly import Item, assemble, disassemble
from articlekit.records.deltas import Change, decode_edits, encode_edits
from articlekit.records.jsonl import encode
from articlekit.records.rawjson import loads

LEDGER_SCHEMA = "articlekit/ledger/1"


@dataclass(frozen=True, slots=True)
class Ledger:
    """One ledger line, schema ``articlekit/ledger/1``.

    Attributes:
        id, uri, record: of the article; ids alone may repeat.
        sha256: first 16 hex digits of the checksum of the decoded input text in UTF-8.
        lines: the lines after the last step, as references (`articlekit.records.assembly`).
        steps: name and edits of each step in order (`articlekit.records.deltas`).
        text: the decoded input text itself, where that is shorter; then `lines` and `steps` are empty.
        source: the decoded HTML source, where it was kept.
    """

    id: str
    uri: str
    record: int | None
    sha256: str
    lines: tuple[Item, ...] = ()
    steps: tuple[tuple[str, str], ...] = ()
    text: str | None = None
    source: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return plain values; what is not there is left out, to keep lines short."""
        value: dict[str, Any] = {
            "schema": LEDGER_SCHEMA,
            "id": self.id,
            "uri": self.uri,
            "record": self.record,
            "sha256": self.sha256,
        }
        if self.text is None:
            value |= {"lines": list(self.lines), "steps": [list(step) for step in self.steps]}
        else:
            value["text"] = _plain(self.text)
        if self.source is not None:
            value["source"] = _plain(self.source)
        return value


def encode_ledger(article: Article, trace: Trace, source_text: str | None = None) -> bytes:
    r"""Return the ledger line of an article, without line feed.

    Args:
        article: as it is written.
        trace: how its text came about.
        source_text: the decoded HTML source, to be kept too.

    >>> from articlekit.model import Source
    >>> article = Article("a1", Source("a.txt"), title="示例", text="随后公布。")
    >>> edits = (Edit("script", "char", 3, 5, "隨後", "随后"),)
    >>> trace = Trace("示例\n隨後公布。", (("script", edits),), "示例\n随后公布。")
    >>> line = encode_ledger(article, trace)
    >>> restore(article, decode_ledger(line)) == trace.base
    True
    """
    common: dict[str, Any] = {
        "id": article.id,
        "uri": article.source.uri,
        "record": article.source.record,
        "sha256": _digest(trace.base),
        "source": source_text,
    }
    literal = encode(Ledger(**common, text=trace.base).to_dict())
    delta = encode(_delta(article, trace, common).to_dict())
    if len(delta) >= len(literal) or not _holds(article, delta, trace.base):
        return literal
    return delta


def decode_ledger(line: bytes | str) -> Ledger:
    """Return the ledger of one JSON line.

    Raises:
        LedgerError: when it is no ledger line.
    """
    try:
        value = loads(line if isinstance(line, str) else line.decode())
    except (RecordError, UnicodeDecodeError) as error:
        raise LedgerError(f"not a ledger line: {error}") from None
    if not isinstance(value, dict) or value.get("schema") != LEDGER_SCHEMA:
        raise LedgerError(f"not a ledger line: the schema must be {LEDGER_SCHEMA}")
    try:
        return Ledger(
            value["id"],
            value["uri"],
            value["record"],
            value["sha256"],
            tuple(value.get("lines", ())),
            tuple((str(step), str(edits)) for step, edits in value.get("steps", ())),
            _characters(value.get("text")),
            _characters(value.get("source")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise LedgerError(f"damaged ledger line: {type(error).__name__}: {error}") from None


def restore(article: Article, ledger: Ledger) -> str:
    """Return the decoded input text of an article: for HTML the extracted lines.

    Raises:
        LedgerError: when the ledger is damaged or belongs to another record.
    """
    if ledger.id != article.id:
        raise LedgerError(f"this ledger is of {ledger.id!r}, the record is {article.id!r}; pair them by id")
    if ledger.text is not None:
        text = ledger.text
    else:
        text = assemble(ledger.lines, article)
        for _, edits in reversed(ledger.steps):
            text, _ = decode_edits(edits, text)
    if _digest(text) != ledger.sha256:
        raise LedgerError(
            f"{article.id}: the restored text is not the one that was read; the record was changed after the "
            "ledger was written, or the ledger is of another run"
        )
    return text


def edits_of(article: Article, ledger: Ledger) -> list[Edit]:
    """Return every change to the characters, in the order of the steps, in positions of each step's input.

    Edits that touched each other come as one; their kind is not kept. A ledger that holds the text itself
    has none.

    Raises:
        LedgerError: as `restore`.
    """
    restore(article, ledger)
    if ledger.text is not None:
        return []
    text = assemble(ledger.lines, article)
    steps: list[tuple[str, list[Change]]] = []
    for step, edits in reversed(ledger.steps):
        text, changes = decode_edits(edits, text)
        steps.append((step, changes))
    return [Edit(step, step, *change) for step, changes in reversed(steps) for change in changes]


def _delta(article: Article, trace: Trace, common: dict[str, Any]) -> Ledger:
    steps = ((step, encode_edits(edits)) for step, edits in trace.steps)
    return Ledger(
        **common,
        lines=tuple(disassemble(trace.lines, article)),
        steps=tuple((step, edits) for step, edits in steps if edits),
    )


def _holds(article: Article, line: bytes, base: str) -> bool:
    """Whether the line gives the text back, also after a trip through JSON."""
    try:
        return restore(article, decode_ledger(line)) == base
    except LedgerError:
        return False


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _plain(text: str) -> str | dict[str, str]:
    """Return characters, or their bytes where JSON would join two halves of a character into one."""
    if text == text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass"):
        return text
    return {"base64": b64encode(text.encode("utf-8", "surrogatepass")).decode("ascii")}


def _characters(value: Any) -> str | None:
    if isinstance(value, dict):
        try:
            return b64decode(value["base64"], validate=True).decode("utf-8", "surrogatepass")
        except (binascii.Error, UnicodeDecodeError) as error:
            raise ValueError(f"base64: {error}") from None
    if value is not None and not isinstance(value, str):
        raise TypeError("expected characters")
    return value
