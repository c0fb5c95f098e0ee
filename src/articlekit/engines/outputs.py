"""The files of a run: written beside their final place, put there together at the end."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from articlekit.config import Config
from articlekit.records.inputs import InputFile
from articlekit.records.parquet import write_parquet
from articlekit.records.writers import AtomicFile, JsonLinesWriter, refuse_to_overwrite

_SUFFIXES = {"none": "", "gz": ".gz", "zst": ".zst"}


class Outputs(Protocol):
    """Where the lines of a run go. A line has no line feed."""

    def article(self, line: bytes) -> None:
        """Write an article."""

    def duplicate(self, line: bytes) -> None:
        """Write the evidence for a duplicate, with the record where it is removed."""

    def dropped(self, line: bytes) -> None:
        """Write a dropped article."""

    def quarantine(self, line: bytes) -> None:
        """Write a quarantined record."""

    def ledger(self, line: bytes) -> None:
        """Write the ledger line of an article."""


class Nowhere:
    """Outputs of a dry run."""

    def article(self, line: bytes) -> None:
        """Drop the line."""

    duplicate = dropped = quarantine = ledger = article


class Folder:
    """The record files of a run in one folder.

    Used as a context; leaving it without `commit` leaves the folder as it was.

    Attributes:
        path: the folder; created when the context is entered.
        files: path by name: ``articles``, ``duplicates``, ``quarantine``, ``summary`` and, if asked for,
            ``ledger`` and ``dropped``. All lie in the folder, but for a quarantine file that was named.
    """

    def __init__(
        self, folder: Path, config: Config, inputs: Iterable[InputFile], quarantine: Path | None = None
    ) -> None:
        suffix = ".jsonl" + _SUFFIXES[config.output.compress]
        names = ["articles", "duplicates", "quarantine", *["ledger"] * config.run.ledger]
        names += ["dropped"] * bool(config.output.drop_if or config.input.join_pages)
        self.files = {name: folder / f"{name}{suffix}" for name in names}
        self.files["summary"] = folder / "summary.json"
        self.files["quarantine"] = quarantine or self.files["quarantine"]
        if config.output.format == "parquet":
            self.files["articles"] = folder / "articles.parquet"
        paths = [file.path for file in inputs if file.path is not None]
        for path in self.files.values():
            refuse_to_overwrite(path, paths)
        self.path, self._stack = folder, ExitStack()

    def names(self) -> dict[str, str]:
        """Return what was written, by name: file names in the folder, paths elsewhere."""
        return {
            name: path.name if path.parent == self.path else path.as_posix()
            for name, path in self.files.items()
        }

    def __enter__(self) -> Self:
        self.path.mkdir(parents=True, exist_ok=True)
        self._writers = {
            name: self._stack.enter_context(_Pending(path))
            for name, path in self.files.items()
            if name != "summary"
        }
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def article(self, line: bytes) -> None:
        """Write an article."""
        self._writers["articles"].write(line)

    def duplicate(self, line: bytes) -> None:
        """Write the evidence for a duplicate."""
        self._writers["duplicates"].write(line)

    def dropped(self, line: bytes) -> None:
        """Write a dropped article."""
        self._writers["dropped"].write(line)

    def quarantine(self, line: bytes) -> None:
        """Write a quarantined record."""
        self._writers["quarantine"].write(line)

    def ledger(self, line: bytes) -> None:
        """Write the ledger line of an article."""
        self._writers["ledger"].write(line)

    def commit(self, summary: dict[str, Any]) -> None:
        """Put every file in place, the summary last."""
        for writer in self._writers.values():
            writer.commit()
        with AtomicFile(self.files["summary"]) as file:
            file.write((json.dumps(summary, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))


class _Pending:
    """A file of lines that is finished with `commit` or disappears."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._parquet = path.suffix == ".parquet"
        self._lines = path.with_name(f".{path.stem}.lines.jsonl") if self._parquet else path
        self._writer = JsonLinesWriter(self._lines)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.abort()
        if self._parquet:
            self._lines.unlink(missing_ok=True)

    def write(self, line: bytes) -> None:
        self._writer.write(line)

    def commit(self) -> None:
        self._writer.commit()
        if self._parquet:
            write_parquet(self._lines, self._path)
