"""The decoded input texts again, from articles and their ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, TypeAlias

from articlekit.errors import LedgerError, SchemaError
from articlekit.model import DROPPED_SCHEMA, DUPLICATE_SCHEMA, Article
from articlekit.records.inputs import InputFile, expand
from articlekit.records.jsonl import decode_article
from articlekit.records.ledger import Ledger, decode_ledger, restore
from articlekit.records.raw import read
from articlekit.records.rawjson import split_object

_HOLDERS = (f'"{DUPLICATE_SCHEMA}"', f'"{DROPPED_SCHEMA}"')  # records that hold an article
_Key: TypeAlias = tuple[str, str, int | None]


@dataclass(frozen=True, slots=True)
class Restored:
    """A record with its decoded input text.

    Attributes:
        article: the record.
        text: the decoded input text; for HTML the extracted lines.
        html: the decoded HTML source, where the ledger holds it.
    """

    article: Article
    text: str
    html: str | None


def restored(files: Sequence[str], ledger: Path) -> Iterator[Restored]:
    """Yield every article in `files` (articles, duplicates or dropped) with its decoded input text.

    Args:
        files: files, folders, globs or ``-``, compressed or not.
        ledger: the ledger of the run that wrote them; read once, in bounded memory.

    Raises:
        LedgerError: the ledger has nothing for a record, is damaged or belongs to other records.
        SchemaError: a record is neither an article nor holds one.
    """
    with TemporaryFile() as scratch:
        index = _Index(ledger, scratch)
        for article in articles_of(files):
            entry = index.find(article)
            yield Restored(article, restore(article, entry), entry.source)


class _Index:
    """Where the ledger line of each record lies in a scratch file."""

    def __init__(self, ledger: Path, scratch: BinaryIO) -> None:
        self._path, self._scratch = ledger, scratch
        self._places: dict[_Key, tuple[int, int]] = {}
        end = 0
        for raw in read([InputFile.of(ledger)]):
            entry = decode_ledger(raw.data)
            self._places[(entry.id, entry.uri, entry.record)] = (end, len(raw.data))
            end += scratch.write(raw.data)

    def find(self, article: Article) -> Ledger:
        source = article.source
        place = self._places.get((article.id, source.uri, source.record))
        if place is None:
            raise LedgerError(
                f"{self._path}: holds nothing for the record {article.id!r} of {article.source.uri}; "
                "give the ledger of the run that wrote it"
            )
        self._scratch.seek(place[0])
        return decode_ledger(self._scratch.read(place[1]))


def articles_of(files: Sequence[str]) -> Iterator[Article]:
    """Yield the articles in files of articles, duplicates or dropped records.

    Raises:
        SchemaError: a record is neither an article nor holds one.
    """
    for raw in read(expand(files)):
        where = f"{raw.uri}, record {raw.record}"
        try:
            fields = split_object(raw.data.decode("utf-8"))
        except UnicodeDecodeError:
            raise SchemaError(f"{where}: not UTF-8") from None
        if fields.get("schema") in _HOLDERS:
            if fields["record"] == "null":
                continue  # only marked: the record itself is among the articles
            yield decode_article(fields["record"])
        else:
            yield decode_article(raw.data)
