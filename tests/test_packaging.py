"""The rules are found from a wheel, from an sdist and from an editable install."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from articlekit.rules.load import load_builtin

ROOT = Path(__file__).resolve().parents[1]
NAMES = {path.name for path in (ROOT / "rules").glob("*.toml")}

_PIP = ("-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation")
_LOAD = """
import sys
sys.path[:0] = sys.argv[1:]
import articlekit
from articlekit.rules.load import load_builtin
rules = load_builtin()
print(articlekit.__file__, len(rules), rules.version, sep="\\n")
"""

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was built from the sdist."""
    folder = tmp_path_factory.mktemp("built")
    run("-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


def load_from(*target: Path, cwd: Path) -> tuple[Path, int, str]:
    """Load the rules in another process; return where the package lies, their number and version."""
    place, count, version = run("-c", _LOAD, *target, cwd=cwd).split("\n")[:3]
    return Path(place), int(count), version


def test_the_wheel_holds_every_rule_file(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    prefix = "articlekit/rules/builtin/"
    assert {name.removeprefix(prefix) for name in names if name.startswith(prefix)} == NAMES


def test_the_sdist_holds_every_rule_file(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = [name.split("/", 1)[1] for name in archive.getnames() if "/" in name]
    assert {name.removeprefix("rules/") for name in names if name.startswith("rules/")} >= NAMES


@pytest.mark.parametrize("pattern", ["*.whl", "*.tar.gz"])
def test_rules_load_from_what_was_built(pattern: str, built: Path, tmp_path: Path) -> None:
    (source,) = built.glob(pattern)
    run(*_PIP, "--target", tmp_path, source, cwd=tmp_path)
    place, count, version = load_from(tmp_path, cwd=tmp_path)
    assert place.is_relative_to(tmp_path)
    assert (count, version) == (len(load_builtin()), load_builtin().version)


def test_rules_load_from_an_editable_install(tmp_path: Path) -> None:
    origin = json.loads(metadata.distribution("articlekit").read_text("direct_url.json") or "{}")
    if not origin.get("dir_info", {}).get("editable"):
        pytest.skip("these tests do not run from an editable install; `make test` makes one")
    place, count, version = load_from(cwd=tmp_path)
    assert place.is_relative_to(ROOT / "src")
    assert (count, version) == (len(load_builtin()), load_builtin().version)
