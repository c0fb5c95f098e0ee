"""Text that no repair can change: told in one pass, so that most lines need no closer look."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from articlekit.text.normal_forms import Policy, nfc_edits, normal_form_edits

# Codes of characters begin with these, tags and entities too.
_BEGIN_CODES = "&\\<"
_PERCENT = re.compile("%[0-9A-Fa-fuU]")
_ASCII = "".join(chr(code) for code in (0x09, 0x0A, *range(0x20, 0x7F)) if chr(code) not in _BEGIN_CODES)
_SIGNS = "、。〈〉《》「」『』【】〔〕“”‘’—…·，；：？！（）"
_KANA = "".join(map(chr, (*range(0x3041, 0x3097), *range(0x30A1, 0x30FD))))
_OF_LOST_TEXT = "锟斤拷烫屯"  # what lost text looks like, which is flagged


@cache
def _unsettled(policy: Policy) -> re.Pattern[str]:
    usual = files("articlekit.text").joinpath("data/usual_characters.txt").read_text(encoding="utf-8")
    ideographs = {character for character in usual if "\u3400" <= character <= "\u9fff"}
    candidates = {*_ASCII, *_SIGNS, *_KANA, *ideographs} - {*_OF_LOST_TEXT}
    settled = (
        character
        for character in candidates
        if not any(normal_form_edits(character, policy)) and not any(nfc_edits(character, policy))
    )
    return re.compile(f"[^{re.escape(''.join(sorted(settled)))}]")


def is_settled(text: str, policy: Policy) -> bool:
    """Tell whether `text` has only characters that no repair touches, whatever stands beside them.

    Frequent ideographs, kana, ASCII and Chinese punctuation are such, as far as the policy of normal forms
    leaves them alone; other characters may be so too, which takes a closer look.

    >>> is_settled("示例公司净利润6.09亿元，同比增长29.57%。", "zh-finance")
    True
    >>> is_settled("同比增长29.57％", "zh-finance"), is_settled("%e4%b8%ad", "zh-finance")
    (False, False)
    """
    return not _unsettled(policy).search(text) and not ("%" in text and _PERCENT.search(text))
