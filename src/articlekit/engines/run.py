"""A whole run: clean every record, find the duplicates, write every file, check the balance.

Everything is written beside its final place and moved there at the end, so a run that fails or is
interrupted leaves what was in the folder before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from articlekit.config import Config
from articlekit.engines import local
from articlekit.engines.corpus import ArticleLines, Corpus, LineForm
from articlekit.engines.outputs import Folder, Nowhere
from articlekit.engines.settings import dedup_options, read_records
from articlekit.engines.stats import Stats
from articlekit.engines.summary import Summary
from articlekit.engines.worker import Batch, Job
from articlekit.pipeline import rule_set
from articlekit.records.inputs import InputFile, expand

Progress = Callable[[int], None]  # called with the number of records just finished


def run(
    inputs: Sequence[str],
    folder: Path,
    config: Config,
    *,
    limit: int | None = None,
    dry_run: bool = False,
    quarantine: Path | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Clean and deduplicate `inputs` into `folder`.

    Args:
        inputs: files, folders, globs or ``-``.
        folder: created when missing; files of an earlier run in it are replaced at the end.
        config: settings; `config.run` says how many workers and whether to keep a ledger.
        limit: stop after this many records.
        dry_run: do everything but write.
        quarantine: file for what cannot be cleaned, instead of the one in the folder.
        progress: called with the number of records finished, now and then.

    Raises:
        InputError: an input does not exist or would be overwritten.
        BalanceError: a record is in none of the outputs.
    """
    files = expand(inputs)
    job = Job(config, config.run.ledger, config.run.ledger_source)
    raws = read_records(files, config, limit)
    batches = local.process(raws, job, config.run.workers or None)
    target = None if dry_run else Folder(folder, config, files, quarantine)
    return two_passes(batches, ArticleLines(), files, target, config, progress)


def two_passes(
    batches: Iterable[Batch],
    form: LineForm,
    files: Sequence[InputFile],
    target: Folder | None,
    config: Config,
    progress: Progress | None = None,
) -> Summary:
    """Store the outcomes in `batches`, find duplicates among them and write everything into `target`.

    With `target` None nothing is written.
    """
    clock = _Clock()
    with ExitStack() as stack:
        folder = stack.enter_context(target).path if target else None
        scratch = stack.enter_context(TemporaryDirectory(prefix=".articlekit-", dir=folder))
        corpus = stack.enter_context(Corpus(scratch, form))
        stats = _collect(batches, corpus, progress)
        corpus.sort()
        clock.lap("clean")
        decisions = corpus.duplicates(dedup_options(config)) if config.dedup.enabled else {}
        clock.lap("dedup")
        balance, classes = corpus.write(decisions, target or Nowhere(), config.dedup.action)
        balance = balance.with_read(stats.read)
        balance.check()
        clock.lap("write")
        seconds = clock.seconds() | {f"step.{name}": value for name, value in stats.seconds.items()}
        uris = [file.uri for file in files]
        looked_for = classes if config.dedup.enabled else None
        summary = Summary(uris, stats, balance, rule_set(config).version, config, looked_for, seconds)
        if target is not None:
            summary.files = target.names()
            target.commit(summary.to_dict())
    return summary


class _Clock:
    """Wall seconds of the passes, and CPU seconds of this process."""

    def __init__(self) -> None:
        self._start = self._last = perf_counter()
        self._cpu = process_time()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = perf_counter()
        self._laps[name], self._last = now - self._last, now

    def seconds(self) -> dict[str, float]:
        return {"total": perf_counter() - self._start, "cpu": process_time() - self._cpu, **self._laps}


def _collect(batches: Iterable[Batch], corpus: Corpus, progress: Progress | None) -> Stats:
    """Store every outcome and add up what was counted."""
    stats = Stats()
    for batch in batches:
        for result in batch.results:
            corpus.add(result)
        stats.add(batch.stats)
        if progress is not None:
            progress(len(batch.results))
    return stats
