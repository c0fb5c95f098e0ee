"""Other projects' decoders, run in an environment of their own.

The environment is made on first use, in a folder of the caller's choice.
"""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tools import environments

DECODERS = ("chardet", "charset-normalizer")
_SCRIPT = r"""
import base64, json, logging, sys
from importlib.metadata import version
import chardet, charset_normalizer
logging.disable(logging.CRITICAL)

def by_chardet(data):
    name = chardet.detect(data)["encoding"] or "utf-8"
    return name, data.decode(name, "replace")

def by_normalizer(data):
    best = charset_normalizer.from_bytes(data).best()
    return (best.encoding, str(best)) if best else ("", "")

print(json.dumps({name: version(name) for name in ("chardet", "charset-normalizer")}))
for line in sys.stdin:
    data, answers = base64.b64decode(line), {}
    for name, decode in (("chardet", by_chardet), ("charset-normalizer", by_normalizer)):
        try:
            answers[name] = decode(data)
        except (LookupError, UnicodeError, ValueError):
            answers[name] = ("", "")
    print(json.dumps(answers))
"""


def environment(folder: Path) -> Path:
    """Return the interpreter of the environment in `folder`, made with the peers in it if it is not there."""
    return environments.environment(folder, DECODERS)


def decoded(python: Path, inputs: Iterable[bytes]) -> tuple[dict[str, str], list[dict[str, tuple[str, str]]]]:
    """Return the versions of the peers, and for each input each peer's encoding and text."""
    lines = "\n".join(base64.b64encode(data).decode() for data in inputs)
    done = subprocess.run([python, "-c", _SCRIPT], input=lines, capture_output=True, text=True, check=True)
    versions, *answers = (json.loads(line) for line in done.stdout.splitlines())
    return versions, answers
