"""What a rule removed in a run, read back from the files of the run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from articlekit.engines.restore import articles_of
from articlekit.errors import InputError

_NAMES = ("articles", "duplicates", "dropped")
_SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst")
_MOST_TEXTS = 100_000  # different texts that are counted; later ones only add to the total


@dataclass(slots=True)
class Removed:
    """What one rule removed.

    Attributes:
        documents: records that were read.
        hits: documents in which it removed something.
        total: how often.
        texts: how often each text.
    """

    documents: int = 0
    hits: int = 0
    total: int = 0
    texts: Counter[str] = field(default_factory=Counter)


def removed_by(rule_id: str, run: Path) -> Removed:
    """Return what a rule removed in a run.

    Args:
        rule_id: the rule.
        run: the folder of a run, a ledger in it, or a file of articles.

    Raises:
        InputError: there are no articles.
        SchemaError: what is there is no article.
    """
    found = Removed()
    for article in articles_of(_files(run)):
        found.documents += 1
        texts = [" ".join(one.text.split()) for one in article.removed if one.rule == rule_id]
        found.hits += bool(texts)
        found.total += len(texts)
        found.texts.update(text for text in texts if text in found.texts or len(found.texts) < _MOST_TEXTS)
    return found


def _files(run: Path) -> list[str]:
    if run.is_file() and not run.name.startswith("ledger."):
        return [str(run)]
    folder = run if run.is_dir() else run.parent
    files = [folder / f"{name}{suffix}" for name in _NAMES for suffix in _SUFFIXES]
    found = [str(path) for path in files if path.is_file()]
    if not found:
        raise InputError(f"{folder}: no articles.jsonl here; name the folder of a run, or a file of articles")
    return found
