"""The same libraries put together plainly: what articlekit is measured against."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import ftfy
from bs4 import BeautifulSoup
from datasketch import MinHash, MinHashLSH
from opencc import OpenCC

from benchmarks.corpus import Document


def run_plainly(documents: Iterable[Document], output: Path, threshold: float = 0.7) -> int:
    """Clean and deduplicate `documents` into `output`; return the number of articles written."""
    converter = OpenCC("t2s")
    index = MinHashLSH(threshold=threshold, num_perm=128)
    written = 0
    with output.open("w", encoding="utf-8") as file:
        for document in documents:
            text = document.data.decode("utf-8", errors="replace")
            if document.html:
                soup = BeautifulSoup(text, "lxml")
                for tag in soup(["script", "style", "nav"]):
                    tag.decompose()
                text = soup.get_text("\n")
            text = converter.convert(ftfy.fix_text(text))
            lines = [line.strip() for line in text.split("\n") if line.strip()]
            body = "\n".join(lines)
            signature = MinHash(num_perm=128)
            signature.update_batch({body[i : i + 5].encode() for i in range(max(1, len(body) - 4))})
            if index.query(signature):
                continue
            index.insert(document.name, signature)
            file.write(json.dumps({"title": lines[0], "text": body}, ensure_ascii=False) + "\n")
            written += 1
    return written
