"""What a page says about its article: title, date, names. In doubt a field stays empty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from articlekit.model import Metadata
from articlekit.text.fields.bylines import Byline
from articlekit.text.fields.dates import date_in_url, parse_date
from articlekit.text.fields.names import is_person_name, person_names
from articlekit.text.fields.titles import folded, is_same_title, without_site
from articlekit.text.html.embedded import structured_data
from articlekit.text.html.tree import Head

_TITLES = ("og:title", "twitter:title", "headline", "dc.title", "title")
_DATES = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "publishtime",
    "publish_time",
    "weibo:article:create_at",
    "parsely-pub-date",
    "sailthru.date",
    "dcterms.created",
    "dc.date.issued",
    "article.published",
)
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "byl")
_CHANNELS = ("article:section", "og:article:section")
_SITES = ("og:site_name", "application-name")
_LONGEST_NAME = 6  # letters or Han of a site's name that stands for the title

_BY = re.compile(r"\s{0,5}(?:By|by|BY|作者|文)\s{0,3}[:：/]?\s{0,3}")


def page_metadata(
    head: Head,
    url: str | None,
    headings: Sequence[str] = (),
    bylines: Sequence[Byline] = (),
    described: Sequence[dict[str, Any]] | None = None,
) -> Metadata:
    """Join what head, structured data, headings and bylines of a page say.

    `headings` are texts of the page's main headings in order; `bylines` what was read near the title;
    `described` the structured data of the page, see `structured_data`, read from `head` when not given.
    For the date, structured data goes before text, and text before the address; for names, text goes
    before structured data, which often holds the name of the site.

    >>> head = Head(title="国债逆回购怎么选_南山网", metas={"og:site_name": "南山网"})
    >>> found = page_metadata(head, "https://example.cn/2024/05/06/a.html")
    >>> found.title, found.site, found.published
    ('国债逆回购怎么选', '南山网', '2024-05-06')
    """
    data = next(iter(structured_data(head.json) if described is None else described), {})
    site = _first(head, _SITES) or _name(data.get("publisher"))
    address = head.canonical or head.metas.get("og:url") or url
    if address and url:
        address = urljoin(url, address)
    author = _author(head, data, bylines, site)
    channel = next((byline.source for byline in bylines if byline.source), None) or _first(head, _CHANNELS)
    if author and channel and channel != author:  # elements that touched
        channel = channel.removesuffix(author).rstrip()
    return Metadata(
        title=_title(head, data, headings, site),
        published=_published(head, data, bylines, address or url),
        author=author,
        editor=next((byline.editor for byline in bylines if byline.editor), None),
        channel=channel,
        site=site,
        url=url or address,
        language=_language(head),
    )


def page_title(head: Head) -> str | None:
    """Return the title a page gives itself, with what stands around it.

    >>> page_title(Head(title="标题 - 某网", metas={"og:title": "标题"}))
    '标题'
    """
    return _first(head, _TITLES) or " ".join(head.title.split()) or None


def _title(head: Head, data: dict[str, Any], headings: Sequence[str], site: str | None) -> str | None:
    given = page_title(head) or _text(data.get("headline"))
    lettered = [heading for heading in headings if any(map(str.isalpha, heading))]
    if given is None:
        return lettered[0] if lettered else None
    for heading in lettered:
        if folded(heading) == folded(given):
            return heading
    for heading in lettered:
        if is_same_title(heading, given) or _is_most_of(heading, given):
            return heading
    title = without_site(given, site)
    if site and folded(title) == folded(site):
        return lettered[0] if lettered else None
    if not site and lettered and _is_name(title, lettered[0]):
        return lettered[0]
    return title or None


def _is_name(title: str, heading: str) -> bool:
    """Tell whether a title that no heading of the page agrees with is the name of the site."""
    return len(folded(title)) <= _LONGEST_NAME < len(folded(heading))


def _is_most_of(heading: str, title: str) -> bool:
    text, whole = folded(heading), folded(title)
    return 2 * len(text) >= len(whole) and text in whole


def _published(head: Head, data: dict[str, Any], bylines: Sequence[Byline], url: str | None) -> str | None:
    candidates = [head.metas.get(name) for name in _DATES]
    candidates += [_text(data.get("datePublished")), _text(data.get("dateCreated"))]
    for value in candidates:
        if value and (date := parse_date(value)):
            return date
    for byline in bylines:
        if byline.published:
            return byline.published
    for value in head.times[:1]:
        if date := parse_date(value):
            return date
    return date_in_url(url) if url else None


def _author(head: Head, data: dict[str, Any], bylines: Sequence[Byline], site: str | None) -> str | None:
    labelled = [byline.author for byline in bylines if byline.author]
    if labelled:
        return labelled[0]
    for byline in bylines:
        for token in byline.loose:
            if byline.published and is_person_name(token):
                return token
    described = data.get("author")
    named = [[_name(one) for one in described] if isinstance(described, list) else [_name(described)]]
    named += ([value] for value in (*(head.metas.get(name) for name in _AUTHORS), *head.authors))
    editors = {byline.editor for byline in bylines}
    for values in named:
        names = [name for value in values for name in person_names(_without_by(value or ""))]
        # Pages name their editor as the author in their head, for want of one.
        if names and " ".join(names) not in {site, *editors}:
            return " ".join(dict.fromkeys(names))
    return None


def _without_by(value: str) -> str:
    match = _BY.match(value)
    return value[match.end() :] if match else value


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return value.strip() or None if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return _text(value)


def _first(head: Head, names: Sequence[str]) -> str | None:
    return next((" ".join(value.split()) for name in names if (value := head.metas.get(name))), None)


def _language(head: Head) -> str | None:
    value = (head.language or head.metas.get("og:locale") or "").strip().lower()
    code = re.split(r"[-_]", value)[0]
    return code if 2 <= len(code) <= 3 and code.isalpha() else None
