"""Readers' comments on a page: what stands in elements named so, without names, dates and buttons."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from articlekit.text.fields.bylines import read_byline
from articlekit.text.html.lines import Block
from articlekit.text.html.tree import Node

_COMMENTS = re.compile(r"comment(?!ar|at|ed)|(?:^|[\s_-])(?:cmt|repl(?:y|ies)|pinglun|discuss(?:ion)?)")
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:author|user\w*|nick\w*|name|avatar|time\w*|date|meta|info|action\w*|tools?|toolbar|vote\w*|"
    r"likes?|form|editor|header|title|count|btn|button|report|page\w*|login|empty|footer)(?=$|[\s_-])"
)
_TOOL = re.compile(
    r"\W*(?:回复|回覆|点赞|點讚|赞|讚|顶|踩|举报|檢舉|分享|收藏|删除|登录|登入|注册|我要评论|发表评论|发表評論|写评论|"
    r"查看(?:更多|全部)|展开|收起|加载|更多|全部|最新|最热|热门|暂无评论|条评论|评论|留言|楼主|reply|report|like|dislike|"
    r"share|log ?in|sign|load|show|view|more|comments?|newest|oldest|leave a|post a)\W*[\d,.]*\W*"
    r"(?:评论|评論|回复|条|comments?|replies)?\W*\Z",
    re.I,
)
_LABEL = re.compile(
    r"[\d\s,.:/#()+-]*(?:楼|樓|赞|讚|条|人|次|年|月|日|(?:分钟|小时|天|minutes?|hours?|days?)\s*(?:前|ago))?\Z"
)


def comment_blocks(blocks: Sequence[Block], article: Collection[Block]) -> list[Block]:
    """Return the lines of readers' comments, in order; `article` are lines that are none.

    >>> page, area, text = Node("body"), Node("div", "comment-list"), Node("p")
    >>> text.parent, area.parent = area, page
    >>> found = comment_blocks([Block("写得好。", text, "paragraph", 0, 4, 0)], ())
    >>> [block.text for block in found]
    ['写得好。']
    """
    known: dict[Node, bool] = {}
    taken = set(article)
    return [
        block
        for block in blocks
        if block not in taken and _is_comment(block.node, known) and _says_something(block)
    ]


def _is_comment(node: Node, known: dict[Node, bool]) -> bool:
    """Tell whether a node stands among comments and is none of their names, dates and buttons."""
    path = []
    step: Node | None = node
    while step is not None and step not in known:
        path.append(step)
        step = step.parent
    inside = known[step] if step is not None else False
    for step in reversed(path):
        named = bool(step.names) and _COMMENTS.search(step.names) is not None
        beside = bool(step.names) and not named and _BESIDE.search(step.names) is not None
        inside = (inside or named) and not (beside and inside) and step.tag != "form"
        known[step] = inside
    return inside


def _says_something(block: Block) -> bool:
    if block.size < 2 or block.link_density > 0.5 or block.role == "heading":
        return False
    return not (_TOOL.match(block.text) or _LABEL.match(block.text) or read_byline(block.text))
