"""What recurs in a corpus: every line by its key, with where it stands and in how many articles and sites.

Documents are gone through twice. The first time `observe` reads each (what rules already take, which lines
are running text) and a sketch counts its keys; the second time what is frequent is counted exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from articlekit.rules.domains import host_of
from articlekit.rules.masks import hash_text, label_key, letters, mask
from articlekit.rules.match import find
from articlekit.rules.model import RuleSet
from articlekit.rules.tally import Counts, Sketch, Smallest, Table
from articlekit.rules.zones import Prose, Zones, find_zones
from articlekit.text.fold import fold
from articlekit.text.lines import Line
from articlekit.text.prose import ends_sentence, han_count, is_prose

MOST_CHARS = 300  # of a line that may become a rule
PARTS = ("header", "body", "footer")
_CUT = 400  # characters kept of a line
_KEYS = 40_000  # counted exactly at the same time
_SAMPLE = 2_000  # lines of prose kept to try drafts on
_OWN = 4  # a document is an article of its own when one in so many lines of its prose is nowhere else


@dataclass(frozen=True, slots=True)
class Page:
    """One document as it is counted; made of plain values, so that it can be set aside.

    Attributes:
        site: host, or nothing.
        texts: lines that are not blank, long ones cut.
        taken: indexes of lines that rules take.
        heads: indexes of lines that are headings or links by their markup.
        hashes: of each line's key, of its label's key (or 0), and, for running text, of itself (or 0).
    """

    site: str
    texts: tuple[str, ...]
    taken: tuple[int, ...]
    heads: tuple[int, ...]
    hashes: tuple[tuple[int, int, int], ...]

    def lines(self) -> tuple[Line, ...]:
        """Return the lines with as much markup as was kept."""
        heads = set(self.heads)
        return tuple(
            Line(number, text, "heading" if number - 1 in heads else "plain")
            for number, text in enumerate(self.texts, 1)
        )


@dataclass(slots=True)
class Survey:
    """What was counted.

    Attributes:
        counts: of each frequent key.
        documents: how many there were.
        sites: host → documents.
        prose: some lines of running text that stand in one article only.
        least: documents a key must be in; more than asked for where too many keys recur.
    """

    counts: dict[str, Counts] = field(default_factory=dict)
    documents: int = 0
    sites: dict[str, int] = field(default_factory=dict)
    prose: list[str] = field(default_factory=list)
    least: int = 0


def observe(lines: Sequence[Line], rules: RuleSet, url: str | None = None) -> Page:
    r"""Return what is to be counted of one document.

    >>> from articlekit.rules.load import load_builtin
    >>> from articlekit.text.lines import split_lines
    >>> lines = split_lines("周一，三大指数低开高走，成交额放大，逾三千只个股上涨。\n分享")
    >>> page = observe(lines, load_builtin())
    >>> page.texts[1], page.taken
    ('分享', (1,))
    """
    whole = find(lines, rules, url).whole
    kept = [(index, line) for index, line in enumerate(lines) if line.text.strip()]
    texts = tuple(line.text.strip()[:_CUT] for _, line in kept)
    return Page(
        host_of(url),
        texts,
        tuple(at for at, (index, _) in enumerate(kept) if index in whole),
        tuple(at for at, (_, line) in enumerate(kept) if line.role == "heading" or line.link_density > 0.5),
        tuple(map(_hashes, texts)),
    )


def _hashes(text: str) -> tuple[int, int, int]:
    view = fold(text).text
    label = label_key(view)
    return (
        hash_text(mask(view)) if len(view) <= MOST_CHARS else 0,
        hash_text(label[0]) if label else 0,
        hash_text(view) if is_prose(text) else 0,
    )


def sketched(pages: Iterable[Page]) -> Sketch:
    """Return the sketch of the keys of all pages."""
    sketch = Sketch()
    for page in pages:
        sketch.add(code for codes in page.hashes for code in codes if code)
    return sketch


def survey(pages: Iterable[Page], sketch: Sketch, min_documents: int) -> Survey:
    """Count exactly what the sketch of the same pages holds for frequent."""
    table = Table(min_documents, _KEYS)
    result, sample = Survey(), Smallest(_SAMPLE)
    for page in pages:
        result.documents += 1
        result.sites[page.site] = result.sites.get(page.site, 0) + 1
        view = PageView(page, sketch, min_documents)
        view.count(table)
        for text, code in view.own_prose():
            sample.add(text, code)
    result.counts, result.least, result.prose = table.counts, table.least, list(sample.counts())
    return result


class PageView:
    """One page, seen with what recurs in the corpus."""

    def __init__(self, page: Page, sketch: Sketch, least: int) -> None:
        self.page, self._least = page, least
        flat = sketch.counts([code for codes in page.hashes for code in codes])
        self._estimates = [flat[at : at + 3] for at in range(0, len(flat), 3)]
        self._taken = set(page.taken)
        self._prose = [at for at, codes in enumerate(page.hashes) if codes[2] and at not in self._taken]
        self._own = [at for at in self._prose if self._estimates[at][2] < least]
        self._labelled = {
            at for at, codes in enumerate(page.hashes) if codes[1] and self._estimates[at][1] >= least
        }
        self.is_copy = len(self._own) * _OWN < len(self._prose)
        self.zones = self._zones()
        self._article = self._fingerprint()

    def _zones(self) -> Zones:
        """Find the body; lines that recur are no part of its edges, unless the whole text recurs."""
        known = set(self.page.taken)
        if not self.is_copy:
            frequent = {at for at, (code, _, _) in enumerate(self._estimates) if code >= self._least}
            known |= (frequent - set(self._own)) | self._labelled
        return find_zones(Prose(self.page.lines()), known, known)

    def _fingerprint(self) -> int:
        """Return a number for the article: its own for one that stands alone, one for copies.

        Copies differ in a paragraph here and there, so the line most of them have speaks for them.
        """
        codes, found = self.page.hashes, self._estimates
        if not self._prose:
            return hash_text("\n".join(self.page.texts))
        if self.is_copy:
            return max((found[at][2], codes[at][2]) for at in self._prose)[1]
        return min(codes[at][2] for at in self._own)

    def own_prose(self) -> Iterator[tuple[str, int]]:
        """Yield lines of the body that stand in this article only, with their hashes."""
        for at in self._own:
            if at not in self._labelled and self.zones.of(at) == "body":
                yield self.page.texts[at], self.page.hashes[at][2]

    def count(self, table: Table) -> None:
        """Count the frequent keys of the lines that no rule takes, each once."""
        seen: set[str] = set()
        for at, text in enumerate(self.page.texts):
            if at in self._taken or max(self._estimates[at][:2]) < table.least:
                continue
            view = fold(text).text
            self._add(table, mask(view) if len(view) <= MOST_CHARS else "", self._estimates[at][0], at, seen)
            if label := label_key(view):
                counts = self._add(table, label[0], self._estimates[at][1], at, seen)
                if counts is not None:
                    counts.tails.add(hash_text(label[1]))

    def _add(self, table: Table, key: str, estimate: int, at: int, seen: set[str]) -> Counts | None:
        if key in seen or letters(key) < 2:
            return None
        counts = table.get(key, estimate)
        if counts is None:
            return None
        seen.add(key)
        text = self.page.texts[at]
        counts.lines += 1
        counts.zones[PARTS.index(self.zones.of(at))] += 1
        counts.prose += is_prose(text) or (ends_sentence(text) and han_count(text) >= 6)
        counts.heads += at in self.page.heads
        counts.longest = max(counts.longest, len(text))
        counts.articles.add(self._article)
        counts.sites.add(hash_text(self.page.site))
        counts.site_lines.add(self.page.site, hash_text(self.page.site))
        counts.examples.add(text, hash_text(text))
        return counts
