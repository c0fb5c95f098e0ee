"""For which sites a rule is: hosts, with exceptions, the most specific one deciding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

EVERYWHERE = "*"
EXCEPT = "!"


def host_of(url: str | None) -> str:
    """Return the host of an address in small letters, or nothing.

    >>> host_of("https://News.Example.com:8080/a"), host_of("http://[broken"), host_of(None)
    ('news.example.com', '', '')
    """
    try:
        return (urlsplit(url).hostname or "") if url else ""
    except ValueError:  # brackets that are no IPv6 address
        return ""


def covers(domain: str, host: str) -> bool:
    """Tell whether a host is a domain or one of its subdomains; ``*`` covers every host.

    >>> covers("example.com", "m.example.com"), covers("example.com", "anexample.com")
    (True, False)
    """
    return domain == EVERYWHERE or host == domain or host.endswith("." + domain)


def is_for(domains: Sequence[str], host: str) -> bool:
    """Tell whether a rule with these `domains` is for a host; the longest domain that covers it decides.

    >>> domains = ["*", "!example.com", "m.example.com"]
    >>> [is_for(domains, host) for host in ("", "www.example.com", "m.example.com")]
    [True, False, True]
    """
    best, answer = -1, False
    for entry in domains:
        domain = entry.removeprefix(EXCEPT)
        length = 0 if domain == EVERYWHERE else len(domain)
        if length > best and covers(domain, host):
            best, answer = length, not entry.startswith(EXCEPT)
    return answer


def switched(domains: Iterable[str], domain: str, *, on: bool) -> tuple[str, ...]:
    """Return a rule's domains with the rule switched on or off for one domain and all below it.

    >>> switched(["*", "m.example.com"], "example.com", on=False)
    ('*', '!example.com')
    >>> switched(["other.com"], "example.com", on=True)
    ('other.com', 'example.com')
    """
    kept = [entry for entry in domains if not _is_within(entry.removeprefix(EXCEPT), domain)]
    return (*kept, domain if on else EXCEPT + domain)


def _is_within(inner: str, domain: str) -> bool:
    return inner != EVERYWHERE and covers(domain, inner)
