from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from articlekit.adapters.bs4_soup import is_soup, source_of


def test_soup_is_told_from_text() -> None:
    assert is_soup(BeautifulSoup("<p>甲", "html.parser"))
    assert not is_soup("<p>甲")
    assert not is_soup(None)


def test_soup_gives_its_source() -> None:
    soup = BeautifulSoup("<div><p>甲</p></div>", "html.parser")
    assert source_of(soup) == "<div><p>甲</p></div>"
    assert source_of(soup.p) == "<p>甲</p>"


def test_other_objects_are_refused() -> None:
    with pytest.raises(TypeError, match="expected a Beautiful Soup object, found str"):
        source_of("<p>")
