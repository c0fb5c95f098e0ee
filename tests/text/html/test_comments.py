from __future__ import annotations

import pytest

from articlekit.adapters import lxml_tree
from articlekit.text.html.comments import comment_blocks
from articlekit.text.html.lines import page_lines


def comments(html: str, article: str = "") -> list[str]:
    blocks = page_lines(lxml_tree.parse(html).root)
    return [
        block.text for block in comment_blocks(blocks, [block for block in blocks if block.text == article])
    ]


def test_comments_are_what_readers_said() -> None:
    page = """<p>正文。</p><div class="comment-list"><h3>全部评论</h3>
    <div class="comment-item"><a href="/u/1">周慕云</a><p>写得真好。</p><p class="time">上周二</p>
    <div class="actions">回复 赞</div></div>
    <div class="comment-item"><p class="nickname">苏望舒</p><p>同意</p><p>3楼</p><p>回复</p>
    <p>2024-05-06 10:11</p></div><form>写评论</form></div>"""
    assert comments(page) == ["写得真好。", "同意"]


@pytest.mark.parametrize("names", ["comment", "cmt-list", "replies", "reply-box", "discussion"])
def test_elements_named_so_hold_comments(names: str) -> None:
    assert comments(f'<div class="{names}"><p>写得好。</p></div>') == ["写得好。"]


@pytest.mark.parametrize("names", ["commentary", "content", "replica", "commented"])
def test_other_elements_do_not(names: str) -> None:
    assert comments(f'<div class="{names}"><p>写得好。</p></div>') == []


def test_lines_of_the_article_are_no_comments() -> None:
    assert comments('<div class="comment-wrap"><p>正文。</p><p>写得好。</p></div>', "正文。") == ["写得好。"]
