"""The local engine: batches of records over worker processes, results in input order.

With one worker, or where the whole input fits in the first batch, everything happens in this process.
At most `WINDOW` batches per worker are under way, so memory does not depend on the size of the input.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import chain, islice

from articlekit.engines.worker import Batch, Job, Worker
from articlekit.errors import ArticlekitError
from articlekit.records.rawrecord import RawRecord

BATCH_RECORDS = 64
BATCH_BYTES = 1 << 20
WINDOW = 4


def process(raws: Iterable[RawRecord], job: Job, workers: int | None = None) -> Iterator[Batch]:
    """Yield the batches of results for `raws`, in input order.

    Args:
        raws: records as read; consumed lazily.
        job: what to do with them.
        workers: number of processes; None for one per available core.

    Raises:
        ArticlekitError: when a worker process dies.
    """
    batches = batched(raws)
    first = list(islice(batches, 2))
    if workers is None:
        workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if workers == 1 or len(first) < 2:
        worker = Worker(job)
        return map(worker.process, chain(first, batches))
    return _pooled(chain(first, batches), job, workers)


def batched(raws: Iterable[RawRecord]) -> Iterator[list[RawRecord]]:
    """Group consecutive records into batches bounded by number and by bytes."""
    batch: list[RawRecord] = []
    size = 0
    for raw in raws:
        batch.append(raw)
        size += len(raw.data)
        if len(batch) == BATCH_RECORDS or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _pooled(batches: Iterable[list[RawRecord]], job: Job, workers: int) -> Iterator[Batch]:
    context = multiprocessing.get_context("spawn")  # no locks or threads of ours are inherited
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_ignore_interrupt)
    pending: deque[Future[Batch]] = deque()
    try:
        for batch in batches:
            pending.append(pool.submit(_process, job, batch))
            if len(pending) >= workers * WINDOW:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    except BrokenProcessPool:
        raise ArticlekitError(
            "a worker process died, most likely killed for its memory use; nothing was written. "
            "Run again with fewer --workers, or with --workers 1 to see the record that does it."
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _ignore_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop


@cache
def _worker(job: Job) -> Worker:
    return Worker(job)


def _process(job: Job, batch: list[RawRecord]) -> Batch:
    return _worker(job).process(batch)
