"""Whether a line is running text, judged by its length and punctuation alone."""

from __future__ import annotations

import re

_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003134f]")
_25_HAN = re.compile(rf"(?:[^{_HAN.pattern[1:-1]}]*+{_HAN.pattern}){{25}}")
_CLAUSE = re.compile(r"[，。！？；、：…]|[,.!?;](?=[\s\"'”’)]|$|[^\x00-\x7f])")
_SENTENCE_END = re.compile(r"[。！？!?…；;．.][\"'”’」』）)】\]\s]*\Z")
_FULL_STOP = re.compile(r"[。；;，,、…．.][\"'”’」』）)】\]\s]*\Z")
_WORD = re.compile(r"[^\W_]+")

_LONG_WORDS = 10
_SAMPLE = 2000  # characters of a line that tell what it is


def visible_length(text: str) -> int:
    """Return the number of characters without white space.

    >>> visible_length("二、 风险 ")
    4
    """
    return len("".join(text.split()))


def han_count(text: str) -> int:
    """Return the number of Han, kana and Hangul characters.

    >>> han_count("3月CPI同比")
    3
    """
    return len(_HAN.findall(text))


def clause_marks(text: str) -> int:
    """Return how many marks end or divide clauses; those inside figures and names do not count.

    >>> clause_marks("同比增长3.5%，高于预期。")
    2
    """
    return len(_CLAUSE.findall(text))


def is_prose(text: str) -> bool:
    """Tell whether a line reads as running text: long, and divided by punctuation.

    Long is 25 characters where most are Han, else 10 words.

    >>> is_prose("央行公布的数据显示，三月末广义货币余额同比增长百分之八，比上月末高。")
    True
    >>> is_prose("贷款逾期以后怎么办"), is_prose("Home About Contact")
    (False, False)
    """
    text = text[:_SAMPLE]
    if not _CLAUSE.search(text):
        return False
    if _25_HAN.match(text):
        return True
    return len(_WORD.findall(text)) >= _LONG_WORDS and han_count(text) * 2 < len(text)


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends like a sentence, closing quotes and brackets aside.

    >>> ends_sentence("他说：“可以。”"), ends_sentence("一、背景")
    (True, False)
    """
    return bool(_SENTENCE_END.search(text.rstrip()[-12:]))


def ends_like_prose(text: str) -> bool:
    """Tell whether a line ends with a mark no heading ends with: full stop, comma, semicolon, ellipsis.

    >>> ends_like_prose("如何应对？"), ends_like_prose("及时还款；")
    (False, True)
    """
    return bool(_FULL_STOP.search(text.rstrip()[-12:]))
