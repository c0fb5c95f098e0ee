"""What counts as settled is changed and flagged by no repair, in whatever order it stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articlekit.steps import repair as step
from articlekit.text.normal_forms import POLICIES, Policy
from articlekit.text.settled import is_settled

CHARACTERS = [chr(code) for code in (*range(1, 0x500), *range(0x2000, 0xD7A4), *range(0xE000, 0x10000))]
SETTLED = {policy: [c for c in CHARACTERS if is_settled(c, policy)] for policy in POLICIES}
FEW = "锟斤拷烫屯%&\\<ux04eE;#09 (《，”"


@pytest.mark.parametrize("policy", POLICIES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_settled_text_comes_back_as_it_is_without_the_shortcut(policy: Policy, data: st.DataObject) -> None:
    characters = st.sampled_from(SETTLED[policy]) | st.sampled_from(FEW)
    text = data.draw(st.lists(characters, max_size=40).map("".join))
    if is_settled(text, policy):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(step, "is_settled", lambda text, policy: False)
            for flattened in (False, True):
                repaired = step.repair(text, policy, flattened=flattened)
                assert (repaired.text, repaired.edits, repaired.flags) == (text, (), ())


def test_ordinary_lines_are_settled() -> None:
    assert is_settled("第一，示例公司（中国）2024年实现营业收入12.5亿元；“增长”8%！", "zh-finance")
    assert is_settled("Revenue rose 8% to $1,204.5m (2023: $1.1bn).", "zh-finance")
    assert is_settled("これはモデルの会社です", "zh-finance")


@pytest.mark.parametrize(
    "text", ["２０２４", "29％", "涓浗", "é", "\r", "\u200b", "\ufffd", "⼤", "锟斤拷", "烫烫"]
)
@pytest.mark.parametrize("beside", ["", "示例公司"])
def test_what_may_need_repair_is_not(text: str, beside: str) -> None:
    assert not is_settled(beside + text + beside, "zh-finance")


@pytest.mark.parametrize("code", ["&nbsp", "\\u4e2d", "%u4e2d", "%e4", "</p>", "&amp;"])
def test_codes_are_not(code: str) -> None:
    assert not is_settled(code, "zh-finance")


def test_the_policy_decides_about_punctuation() -> None:
    assert is_settled("（示例）", "zh-finance")
    assert not is_settled("（示例）", "zh-halfwidth")
