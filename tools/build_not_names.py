"""Build src/articlekit/text/data/not_names.txt: words that have the shape of a personal name.

    python tools/build_not_names.py

Reads the word list of jieba (MIT licence, needs the development environment) and keeps words of two and
three characters that begin with a family name, are not tagged as a person and are not rare.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import jieba

DATA = Path(__file__).resolve().parents[1] / "src" / "articlekit" / "text" / "data"
LEAST = {2: 20, 3: 3}  # length of a word → least frequency
HEADER = """\
# Words that have the shape of a personal name. Built by tools/build_not_names.py from the word list of
# jieba 0.42.1 (https://github.com/fxsjy/jieba, MIT licence, Copyright (c) 2013 Sun Junyi).
"""


def words() -> Iterator[str]:
    names = tomllib.loads((DATA / "names.toml").read_text("utf-8"))
    first = set("".join((names["single"] + names["doubtful"]).split()))
    never = set("".join(names["never_given"].split()))
    source = Path(jieba.__file__).with_name("dict.txt")
    for line in source.read_text("utf-8").splitlines():
        word, frequency, tag = line.split()
        if int(frequency) < LEAST.get(len(word), int(frequency) + 1) or tag.startswith("nr"):
            continue
        if word[0] in first and not never & set(word[1:]):
            yield word


def main() -> None:
    (DATA / "not_names.txt").write_text(HEADER + "\n".join(sorted(words())) + "\n", "utf-8")


if __name__ == "__main__":
    main()
