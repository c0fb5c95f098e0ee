"""Rules and documents made for tests."""

from __future__ import annotations

import random
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from articlekit.rules.model import Rule, RuleSet
from articlekit.text.lines import Line, split_lines

DATA = Path(__file__).parent / "data"
PROSE = "周三早盘，三大指数小幅低开，随后在券商板块带动下震荡走高，两市成交额较上一交易日放大。"
MORE_PROSE = "分析师认为，政策的效果将在年底前显现，但海外流动性的变化仍是最大的不确定因素。"


def rule(pattern: str, literal: str, **values: Any) -> Rule:
    """Return a rule for tests; what is not given is filled in."""
    made = {
        "id": "t.made",
        "category": "made",
        "prefilter": (literal,),
        "why": "Made for a test.",
        "match": (literal, literal),
        "no_match": ("正文",),
    }
    return Rule(pattern=pattern, **{**made, **values})


def rule_set(*rules: Rule) -> RuleSet:
    return RuleSet.of(rules)


def document(*lines: str) -> tuple[Line, ...]:
    return split_lines("\n".join(lines))


@cache
def _words() -> dict[str, Any]:
    words = tomllib.loads((DATA / "prose.toml").read_text("utf-8"))
    return {key: value.split() if isinstance(value, str) else value for key, value in words.items()}


def finance_prose(seed: int, paragraphs: int = 8) -> str:
    """Return invented finance prose that talks about everything chrome consists of."""
    chance, words = random.Random(seed), _words()

    def said() -> str:
        return f"{chance.choice(words['subjects'])}{chance.choice(words['verbs'])}"

    lines = [f"{said()}：{chance.choice(words['topics'])}生变"]
    for _ in range(paragraphs):
        sentences = []
        for _ in range(chance.randint(1, 4)):
            ending = chance.choice(words["endings"]).format(n=chance.randint(1, 90), m=chance.randint(0, 9))
            sentences.append(f"{said()}，{chance.choice(words['topics'])}{ending}。")
        lines.append("".join(sentences))
    return "\n".join(lines)
