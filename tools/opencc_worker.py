"""Answers requests with OpenCC's C++ engine; runs under the Python of its own environment.

One JSON object per line: ``{"config": …, "texts": […]}`` gives ``{"texts": […]}``; with ``"rounds"`` the
texts are converted that often, and ``{"ready": …, "seconds": […]}`` says the CPU seconds of each round.
Dictionaries that may lack glyphs in common fonts are on. Needs nothing of articlekit.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import opencc


def answer(request: dict[str, Any], converters: dict[str, Any]) -> dict[str, Any]:
    config = request["config"]
    started = time.process_time()
    if config not in converters:
        converters[config] = opencc.OpenCC(config, include_tofu_risk_dictionaries=True)
    ready = time.process_time() - started
    convert = converters[config].convert
    if "rounds" not in request:
        return {"texts": [convert(text) for text in request["texts"]]}
    seconds = []
    for _ in range(request["rounds"]):
        started = time.process_time()
        for text in request["texts"]:
            convert(text)
        seconds.append(time.process_time() - started)
    return {"ready": ready, "seconds": seconds}


def main() -> None:
    converters: dict[str, Any] = {}
    for line in sys.stdin.buffer:
        reply = json.dumps(answer(json.loads(line), converters))
        sys.stdout.write(reply + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
