"""Beautiful Soup objects as input. The only module that imports bs4."""

from __future__ import annotations

from articlekit.adapters.origin import is_of


def is_soup(value: object) -> bool:
    """Tell whether a value is a Beautiful Soup object, without importing the library.

    >>> is_soup("<p>")
    False
    """
    return hasattr(value, "decode") and is_of(value, "bs4")


def source_of(soup: object) -> str:
    """Return the HTML of a Beautiful Soup object.

    Raises:
        TypeError: for anything else.

    >>> from bs4 import BeautifulSoup
    >>> source_of(BeautifulSoup("<p>正文", "html.parser"))
    '<p>正文</p>'
    """
    from bs4 import Tag

    if not isinstance(soup, Tag):
        raise TypeError(f"expected a Beautiful Soup object, found {type(soup).__name__}")
    return soup.decode()
