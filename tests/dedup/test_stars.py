"""The guarantees of stars, against a search that misses nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.dedup.stars import removing_all, removing_same

THRESHOLD = 0.5


@dataclass
class Exhaustive:
    """Kept texts, all of them compared; `groups` limits what is near to the same group."""

    similarity: dict[tuple[int, int], float]
    groups: list[int] | None = None
    kept: list[int] = field(default_factory=list)

    def add(self, text: int) -> None:
        self.kept.append(text)

    def nearest(self, text: int) -> tuple[int, float] | None:
        found = [
            (self.similarity[min(text, kept), max(text, kept)], -kept)
            for kept in self.kept
            if self.groups is None or self.groups[text] == self.groups[kept]
        ]
        similarity, kept = max(found, default=(0.0, 0))
        return (-kept, similarity) if similarity >= THRESHOLD else None


@st.composite
def graphs(draw: st.DrawFn) -> tuple[dict[tuple[int, int], float], list[int]]:
    number = draw(st.integers(0, 9))
    pairs = list(combinations(range(number), 2))
    values = draw(
        st.lists(st.sampled_from([0.0, 0.4, 0.5, 0.6, 1.0]), min_size=len(pairs), max_size=len(pairs))
    )
    groups = draw(st.lists(st.integers(0, 2), min_size=number, max_size=number))
    return dict(zip(pairs, values, strict=True)), groups


@settings(deadline=None)
@given(graphs())
def test_removing_all_leaves_no_pair_and_removes_nothing_far_from_its_centre(
    graph: tuple[dict[tuple[int, int], float], list[int]],
) -> None:
    similarity, groups = graph
    rays = list(removing_all(range(len(groups)), Exhaustive(similarity)))
    removed = {ray.text for ray in rays}
    kept = set(range(len(groups))) - removed
    for ray in rays:
        assert ray.centre in kept
        assert ray.centre < ray.text  # the preferred one stays
        assert ray.jaccard == similarity[ray.centre, ray.text] >= THRESHOLD
    assert all(similarity[pair] < THRESHOLD for pair in combinations(sorted(kept), 2))


@settings(deadline=None)
@given(graphs())
def test_removing_the_same_leaves_no_pair_with_the_same_figures(
    graph: tuple[dict[tuple[int, int], float], list[int]],
) -> None:
    similarity, groups = graph
    rays = list(removing_same(range(len(groups)), Exhaustive(similarity, groups), Exhaustive(similarity)))
    removed = {ray.text for ray in rays if not ray.stays}
    kept = set(range(len(groups))) - removed
    for ray in rays:
        assert ray.centre in kept
        assert ray.jaccard == similarity[ray.centre, ray.text] >= THRESHOLD
        assert (groups[ray.text] == groups[ray.centre]) is not ray.stays
    for one, other in combinations(sorted(kept), 2):
        assert similarity[one, other] < THRESHOLD or groups[one] != groups[other]


def test_a_chain_of_resemblances_does_not_remove_its_far_end() -> None:
    similarity = {(0, 1): 0.8, (1, 2): 0.8, (0, 2): 0.3}
    rays = list(removing_all(range(3), Exhaustive(similarity)))
    assert [(ray.text, ray.centre) for ray in rays] == [(1, 0)]
