"""What became of a record's text, line by line, and by which rule or step; as data, as a page, as a diff."""

from articlekit.explain.diff import unified_diff
from articlekit.explain.fates import Fate, LineFate, explain
from articlekit.explain.page import html_page

__all__ = ["Fate", "LineFate", "explain", "html_page", "unified_diff"]
