"""Which recurring lines are chrome, and which of them are variants of one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from articlekit.rules.cues import Cues, load_cues
from articlekit.rules.masks import DATE, GAP, MARKS, NUMBER, TAIL, letters
from articlekit.rules.model import Zone
from articlekit.rules.survey import Survey
from articlekit.rules.tally import Counts

_MOST = 0.85  # share of its lines in a zone that makes a line one for that zone
# Share of a site's documents a line must be in where words alone do not tell: headlines of columns recur, and
# so do last sentences, but not on every page.
_SOME_PAGES, _TEMPLATE, _MOST_PAGES = 0.1, 0.2, 0.5
_VALUES = {
    NUMBER,
    DATE,
}  # a line with a value and without a cue is a fact such as an issue price, or a signature
_MANY_TAILS = 8  # different things behind one label
_SHORT_BODY = 30  # characters of a line that may be chrome inside the body
_SHORT = 40  # characters of a line without any cue
_CHANCE = 1.5  # standard deviations by which a few lines may be more than they are on other days
_PARAGRAPH = 100  # characters from which a word or two say little about running text
_ALIKE = 0.6  # share of the longer key that two variants have in common at both ends
_MOST_GAP = 24  # characters in which variants differ


@dataclass(frozen=True, slots=True)
class Candidate:
    """A kind of line that is held for chrome.

    Attributes:
        key: the masked line; GAP where its variants differ.
        category, zone: of the rule to be.
        counts: of its variants, the most frequent first.
        gap: fewest and most characters GAP stands for.
    """

    key: str
    category: str
    zone: Zone
    counts: tuple[Counts, ...]
    gap: tuple[int, int] = (0, 0)

    @property
    def documents(self) -> int:
        """In how many documents it stands."""
        return sum(counts.lines for counts in self.counts)


def candidates(survey: Survey, min_documents: int, min_sites: int) -> list[Candidate]:
    """Return the kinds of lines of a corpus that are chrome, the most frequent first."""
    judge = _Judge(survey, load_cues())
    single = [
        made
        for key, counts in survey.counts.items()
        if counts.articles.count() >= min_documents
        and counts.sites.count() >= min_sites
        and (made := judge.judge(key, counts))
    ]
    single.sort(key=_order)
    return merged(_without_covered(single))


def _order(candidate: Candidate) -> tuple[int, str]:
    return -candidate.documents, candidate.key


class _Judge:
    """Tells chrome from what articles repeat."""

    def __init__(self, survey: Survey, cues: Cues) -> None:
        self._survey, self._cues = survey, cues

    def judge(self, key: str, counts: Counts) -> Candidate | None:
        """Return the candidate for a key, or None where it may be content."""
        if self._cues.is_content(key) or (TAIL in key and not self._is_label(key, counts)):
            return None
        header, body, footer = counts.zones
        zone = _zone(header, body, footer, counts.lines)
        category = self._cues.category(key)
        is_strong = self._cues.is_strong(key)
        if zone == "any":
            is_chrome = TAIL not in key and self._is_chrome_in_body(category, counts, is_strong=is_strong)
        elif category is None:
            pages = _TEMPLATE if self._is_short(counts, zone) else _MOST_PAGES
            is_chrome = not _VALUES & set(key) and self._share(counts) >= pages
        elif counts.prose * 2 > counts.lines:
            is_brief = is_strong and counts.longest <= _PARAGRAPH
            is_chrome = is_brief or self._share(counts) >= _TEMPLATE
        else:
            is_chrome = is_strong or zone == "footer" or self._share(counts) >= _TEMPLATE
        return Candidate(key, category or "unsorted", zone, (counts,)) if is_chrome else None

    def _is_chrome_in_body(self, category: str | None, counts: Counts, *, is_strong: bool) -> bool:
        return (
            category in self._cues.in_body
            and counts.prose * 2 <= counts.lines
            and counts.longest <= _SHORT_BODY
            and (is_strong or self._share(counts) >= _SOME_PAGES)
        )

    def _is_short(self, counts: Counts, zone: Zone) -> bool:
        return zone == "footer" and counts.longest <= _SHORT and counts.prose * 2 <= counts.lines

    def _is_label(self, key: str, counts: Counts) -> bool:
        """Tell whether what stands behind a label varies so much that the label makes the kind."""
        return (
            self._cues.category(key) is not None
            and counts.tails.count() >= min(_MANY_TAILS, counts.articles.count() / 2)
            and counts.prose * 2 <= counts.lines
        )

    def _share(self, counts: Counts) -> float:
        """Return the largest share of a site's documents a line is in for certain, chance taken off.

        Documents without an address count as one site.
        """
        return max(
            (count - _CHANCE * sqrt(count)) / self._survey.sites[site]
            for site, count in counts.site_lines.counts().items()
        )


def _zone(header: int, body: int, footer: int, lines: int) -> Zone:
    if footer >= _MOST * lines:
        return "footer"
    if header >= _MOST * lines:
        return "header"
    return "outside" if header + footer >= _MOST * lines else "any"


def _without_covered(single: Sequence[Candidate]) -> list[Candidate]:
    """Leave out lines that a label with whatever stands behind it covers."""
    labels = {made.key[:-1] for made in single if made.key.endswith(TAIL)}
    return [made for made in single if made.key.endswith(TAIL) or not _labels_of(made.key) & labels]


def _labels_of(key: str) -> set[str]:
    label, colon, _ = key.partition(":")
    return {label + colon}


def merged(single: Iterable[Candidate]) -> list[Candidate]:
    """Join the variants of one line: those that begin and end alike and differ in one short stretch."""
    groups: list[list[Candidate]] = []
    by_end: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for made in single:
        ends = {(made.category, made.zone, made.key[:3]), (made.category, made.zone, made.key[-3:])}
        near = sorted({number for end in ends for number in by_end[end]})
        number = next((number for number in near if _variant([*groups[number], made])), len(groups))
        if number == len(groups):
            groups.append([])
        groups[number].append(made)
        for end in ends:
            by_end[end].append(number)
    return sorted(map(_joined, groups), key=_order)


def _variant(group: Sequence[Candidate]) -> tuple[str, str] | None:
    """Return beginning and end that a group has in common, where they are enough."""
    keys = [made.key for made in group]
    if any(TAIL in key for key in keys):
        return None
    before = _beginning(keys)
    after = _beginning([key[len(before) :][::-1] for key in keys])[::-1]
    longest = max(map(len, keys))
    common = letters(before) + letters(after)
    if common < 4 or len(before) + len(after) < _ALIKE * longest:
        return None
    return (before, after) if longest - len(before) - len(after) <= _MOST_GAP else None


def _beginning(keys: Sequence[str]) -> str:
    """Return what all keys begin with."""
    first, last = min(keys), max(keys)
    size = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), None)
    return first[:size]


def _joined(group: Sequence[Candidate]) -> Candidate:
    if len(group) == 1:
        return group[0]
    before, after = _variant(group) or ("", "")
    rests = [made.key[len(before) : len(made.key) - len(after)] for made in group]
    counts = tuple(counts for made in group for counts in made.counts)
    sizes = sorted(map(len, rests))
    gap = (0, 40) if MARKS & set("".join(rests)) else (sizes[0], sizes[-1] + 6)
    return Candidate(before + GAP + after, group[0].category, group[0].zone, counts, gap)
