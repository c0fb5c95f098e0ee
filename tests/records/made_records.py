"""Records with a trace, made up: texts, edits, removals."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from articlekit.model import Article, Edit, Removal, Source, Trace


@dataclass(frozen=True)
class Made:
    article: Article
    trace: Trace


def apply(text: str, edits: Sequence[Edit]) -> str:
    for edit in reversed(edits):
        assert text[edit.start : edit.end] == edit.before
        text = text[: edit.start] + edit.after + text[edit.end :]
    return text


characters = st.sampled_from('示例公司\n\n 0123=-,:"\\(tái)\r\ud800\udc00😀\u2028') | st.characters()
texts = st.text(characters, max_size=60)


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> tuple[Edit, ...]:
    """Sorted edits that do not overlap: insertions, deletions, replacements, also touching each other."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    made, at = [], 0
    for cut in cuts:
        start, end = at, cut
        at = cut
        if draw(st.booleans()):
            continue
        before = text[start:end]
        after = draw(st.just(before[::-1]) | st.just("") | st.text(characters, max_size=6))
        made.append(Edit("step", "kind", start, end, before, after))
    return tuple(made)


@st.composite
def records(draw: st.DrawFn) -> Made:
    base = draw(texts)
    steps, text = [], base
    for name in draw(
        st.lists(st.sampled_from(["line-breaks", "annotated-gbk", "repair", "script"]), max_size=3)
    ):
        edits = draw(edits_of(text))
        steps.append((name, edits))
        text = apply(text, edits)
    title, kept, removed = None, [], []
    for number, line in enumerate(text.split("\n"), 1):
        fate = draw(st.sampled_from(["title", "body", "removed", "trimmed", "changed", "lost"]))
        if fate == "title" and title is None:
            title = line.strip()
        elif fate == "removed":
            removed.append(Removal(number, "rule", "category", draw(st.sampled_from([line, line.strip()]))))
        elif fate == "trimmed":
            cut = draw(st.integers(0, len(line)))
            removed.append(Removal(number, "rule", "category", line[cut:]))
            kept.append(line[:cut])
        elif fate == "changed":
            kept.append(" ".join(line.split()))
        elif fate == "body":
            kept.append(line)
    article = Article("id", Source("a.txt", 1), title=title, text="\n".join(kept), removed=tuple(removed))
    return Made(article, Trace(base, tuple(steps), text))


_COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而"
    "方后多定行学法所民得经"
)
_TRADITIONAL = "為個國們來這時對發動過說產種後學經貸臺網絡經濟關係調整審"


def annotated_page(seed: int, annotations: int, script: int, removed: int) -> Made:
    """Return a record as damaged pages are: annotations everywhere, another script, chrome around.

    The text after all steps has about 2,000 characters in short paragraphs with blank lines between.
    """
    chance = random.Random(seed)
    lines = ["".join(chance.choices(_COMMON, k=18))]
    while sum(map(len, lines)) < 2000:
        lines += ["", "".join(chance.choices(_COMMON, k=chance.randint(12, 150))) + "。"]
    for _ in range(removed):
        lines.insert(
            chance.randrange(1, len(lines)), "责任编辑电话 0571-" + str(chance.randint(10**6, 10**7))
        )
    final = "\n".join(lines)
    places = [at for at, character in enumerate(final) if character in _COMMON]
    changed = sorted(chance.sample(places, script))
    before_script = list(final)
    back = []
    for at in changed:
        before_script[at] = chance.choice(_TRADITIONAL)
        back.append(Edit("script", "character", at, at + 1, before_script[at], final[at]))
    middle = "".join(before_script)
    parts, undone, at, length = [], [], 0, 0
    for place in sorted(chance.sample(range(1, len(middle)), annotations)):
        note = "(" + chance.choice(["tái", "shuō", "kāi", "biàn", "lái", "duì", "wǎng"]) + ")"
        parts += [middle[at:place], note]
        length += place - at
        undone.append(Edit("annotated-gbk", "annotation", length, length + len(note), note, ""))
        length += len(note)
        at = place
    base = "".join(parts) + middle[at:]
    steps = (("annotated-gbk", tuple(undone)), ("script", tuple(back)))
    assert apply(apply(base, undone), back) == final
    text = "\n".join(line for line in lines[1:] if line and "电话" not in line)
    removals = [
        Removal(number, "zh.contact.phone", "contact", line)
        for number, line in enumerate(lines, 1)
        if "电话" in line
    ]
    source = Source("crawl/2025/pages-0042.jsonl", 1234)
    article = Article(
        "31bd75b87c2e793431bd75b87c2e7934", source, title=lines[0], text=text, removed=tuple(removals)
    )
    return Made(article, Trace(base, steps, final))
