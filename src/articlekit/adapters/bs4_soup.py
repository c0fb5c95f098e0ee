"""Beautiful Soup objects as input. The only module that imports bs4."""

from __future__ import annotations


def is_soup(value: object) -> bool:
    """Tell whether a value is a Beautiful Soup object, without importing the library.

    >>> is_soup("<p>")
    False
    """
    kinds = type(value).__mro__  # one's own elements are of its classes too
    return hasattr(value, "decode") and any(kind.__module__.partition(".")[0] == "bs4" for kind in kinds)


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
