"""Draft rules from a corpus: lines that recur across articles and are not article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from articlekit.rules.candidates import candidates
from articlekit.rules.drafts import Draft, draft_rules
from articlekit.rules.match import matcher
from articlekit.rules.model import RuleSet
from articlekit.rules.survey import Page, PageView, sketched, survey


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A draft, and what it would take from the corpus it comes from.

    Attributes:
        draft: the rule with its evidence.
        lines: lines it would remove.
        documents: documents it would change.
        kept: lines it matches in parts of a document it is not for.
    """

    draft: Draft
    lines: int
    documents: int
    kept: int


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All drafts for a corpus, those that remove most first.

    Attributes:
        items: the drafts.
        documents, sites: size of the corpus.
        least: documents a line had to be in.
        raised: whether that is more than was asked for, since too many lines recur.
    """

    items: tuple[Suggestion, ...]
    documents: int
    sites: int
    least: int
    raised: bool = False


def suggest(pages: Callable[[], Iterable[Page]], min_documents: int = 5, min_sites: int = 1) -> Suggestions:
    """Return draft rules for the lines that recur in a corpus; the same whatever the order of its pages.

    Memory holds one page, a sketch of 16 MB, exact counts of at most 40,000 lines (about 2 KB each) and
    2,000 lines of prose, whatever the size of the corpus.

    Args:
        pages: gives the pages, made with `articlekit.rules.survey.observe`, each time it is called: the
            corpus is gone through three times.
        min_documents: distinct articles a line must stand in; copies of one article count once.
        min_sites: sites it must stand on.
    """
    sketch = sketched(pages())
    counted = survey(pages(), sketch, min_documents)
    drafts = draft_rules(candidates(counted, min_documents, min_sites), counted)
    effects = _Effects(drafts)
    for page in pages():
        effects.add(PageView(page, sketch, min_documents))
    items = sorted(effects.suggestions(), key=lambda item: (-item.lines, item.draft.rule.id))
    return Suggestions(
        tuple(items), counted.documents, len(counted.sites), counted.least, counted.least > min_documents
    )


class _Effects:
    """Counts what drafts would remove; a line counts for the first draft that takes it."""

    def __init__(self, drafts: list[Draft]) -> None:
        self._drafts = drafts
        anywhere = (replace(draft.rule, zone="any") for draft in drafts)
        self._matcher = matcher(RuleSet.of(tuple(anywhere)))
        self._zones = {draft.rule.id: draft.rule.zone for draft in drafts}
        self._lines: Counter[str] = Counter()
        self._documents: Counter[str] = Counter()
        self._kept: Counter[str] = Counter()

    def add(self, view: PageView) -> None:
        """Apply the drafts to one page."""
        found = self._matcher.find(view.page.lines(), f"https://{view.page.site}/")
        hit: set[str] = set()
        for index, first in found.whole.items():
            if index in view.page.taken:
                continue
            name = first.rule.id
            if view.zones.admit(index, self._zones[name]):
                self._lines[name] += 1
                hit.add(name)
            else:
                self._kept[name] += 1
        self._documents.update(hit)

    def suggestions(self) -> list[Suggestion]:
        """Return each draft that removes anything, with its counts."""
        return [
            Suggestion(draft, self._lines[name], self._documents[name], self._kept[name])
            for draft in self._drafts
            if self._lines[name := draft.rule.id]
        ]
