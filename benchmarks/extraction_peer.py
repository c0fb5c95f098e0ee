"""One extractor in a process of its own: pages in as lines of JSON, text and CPU seconds out.

usage: PYTHON benchmarks/extraction_peer.py NAME

A line ``{"path": ..., "url": ..., "lang": ...}`` gives ``{"text": ..., "seconds": ...}``; the seconds are
those of the extractor's call alone. Runs under the interpreter the extractor is installed for, so nothing of
this project is imported but for its own names. Each peer is called as its documentation says, from bytes; the
one that wants to know the language is told.
"""

from __future__ import annotations

import gzip
import json
import sys
import warnings
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from time import process_time
from typing import Any

Extractor = Callable[[bytes, str, str], str | None]  # of a page, its address and its language


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def _articlekit() -> Extractor:
    import articlekit

    return lambda data, url, _: "\n".join(line.text for line in articlekit.extract(data, url or None).lines)


def _articlekit_clean() -> Extractor:
    import articlekit

    cleaner = articlekit.Cleaner(articlekit.Config.from_values({"clean.script": "keep"}))

    def extract(data: bytes, url: str, lang: str) -> str | None:
        try:
            return cleaner.clean(data, url or None).text
        except articlekit.RecordError:
            return None

    return extract


def _trafilatura() -> Extractor:
    trafilatura = import_module("trafilatura")
    return lambda data, url, _: trafilatura.extract(data, url=url or None)


def _readability() -> Extractor:
    html, readability = import_module("lxml.html"), import_module("readability")

    def extract(data: bytes, url: str, lang: str) -> str | None:
        summary = readability.Document(_decoded(data), url=url or None).summary()
        return "\n".join(html.fromstring(summary).itertext())

    return extract


def _newspaper() -> Extractor:
    newspaper = import_module("newspaper")

    def extract(data: bytes, url: str, lang: str) -> str | None:
        text: str = newspaper.article(
            url or "https://example.com/", input_html=_decoded(data), language=lang, fetch_images=False
        ).text
        return text

    return extract


def _resiliparse() -> Extractor:
    encodings = import_module("resiliparse.parse.encoding")
    plain = import_module("resiliparse.extract.html2text")

    def extract(data: bytes, url: str, lang: str) -> str | None:
        text: str = plain.extract_plain_text(
            encodings.bytes_to_str(data, encodings.detect_encoding(data)), main_content=True
        )
        return text

    return extract


def _gne() -> Extractor:
    extractor = import_module("gne").GeneralNewsExtractor()
    return lambda data, url, _: extractor.extract(_decoded(data), host=url)["content"]


# name: (what makes the extractor, the distribution whose version is printed)
EXTRACTORS: dict[str, tuple[Callable[[], Extractor], str]] = {
    "articlekit": (_articlekit, "articlekit"),
    "articlekit clean": (_articlekit_clean, "articlekit"),
    "trafilatura": (_trafilatura, "trafilatura"),
    "readability-lxml": (_readability, "readability-lxml"),
    "newspaper4k": (_newspaper, "newspaper4k"),
    "resiliparse": (_resiliparse, "resiliparse"),
    "gne": (_gne, "gne"),
}


def main() -> None:
    """Answer every line on standard input with one on standard output; the first says the version."""
    warnings.simplefilter("ignore")
    make, distribution = EXTRACTORS[sys.argv[1]]
    extract = make()
    answers, sys.stdout = sys.stdout, sys.stderr  # what a library prints is no answer
    _answer(answers, {"version": version(distribution)})
    for line in sys.stdin:
        page = json.loads(line)
        data = Path(page["path"]).read_bytes()
        if page["path"].endswith(".gz"):
            data = gzip.decompress(data)
        start = process_time()
        error = None
        try:
            text = extract(data, page["url"], page["lang"])
        except Exception as raised:  # noqa: BLE001  # whatever a peer raises is its result for this page
            text, error = None, f"{type(raised).__name__}: {raised}"[:200]
        seconds = process_time() - start
        _answer(answers, {"text": text or "", "seconds": seconds, "error": error})


def _answer(stream: Any, answer: dict[str, Any]) -> None:
    stream.write(json.dumps(answer) + "\n")
    stream.flush()


if __name__ == "__main__":
    main()
