"""Progress on a terminal, through rich."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)


class RecordProgress:
    """A line on standard error that counts records or other units; nothing where that is no terminal.

    Args:
        description: what is being done.
        total: number of records, when known.
        enabled: False to stay silent whatever the terminal.
        unit: what is counted.
    """

    def __init__(
        self, description: str, total: int | None = None, *, enabled: bool = True, unit: str = "records"
    ) -> None:
        console = Console(stderr=True)
        columns = [SpinnerColumn(), TextColumn("{task.description}")]
        counting = (
            [BarColumn(), MofNCompleteColumn()] if total else [TextColumn(f"{{task.completed:,}} {unit}")]
        )
        self._progress = Progress(
            *columns,
            *counting,
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not (enabled and console.is_terminal),
        )
        self._task = self._progress.add_task(description, total=total, rate="")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def advance(self, records: int) -> None:
        """Count `records` more as done."""
        task = self._progress.tasks[0]
        elapsed = task.elapsed or 0.0
        rate = f"{(task.completed + records) / elapsed:,.0f}/s" if elapsed > 1 else ""
        self._progress.update(self._task, advance=records, rate=rate)

    def describe(self, description: str) -> None:
        """Say what is being done now."""
        self._progress.update(self._task, description=description)
