"""What the documentation says can be run, runs."""

import doctest
import importlib
import pkgutil
import re
import shlex
import shutil
from pathlib import Path

import pytest

import articlekit
from articlekit.cli.main import main
from articlekit.config import Config
from articlekit.engines.run import run

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_BLOCK = re.compile(r"```(\w*)\n(.*?)```", re.S)


def blocks(page, language):
    return [body for kind, body in _BLOCK.findall(page.read_text(encoding="utf-8")) if kind == language]


@pytest.fixture
def folder(tmp_path, monkeypatch, scraped):
    """A folder with the files that the examples name."""
    (tmp_path / "pages").mkdir()
    for name in (
        "earnings.html",
        "earnings-flattened.txt",
        "instalments.html.gz",
        "instalments-annotated.txt",
    ):
        shutil.copy(scraped / name, tmp_path / "pages" / name)
    shutil.copy(scraped / "earnings.html", tmp_path / "page.html")
    shutil.copy(scraped / "earnings-flattened.txt", tmp_path / "page.txt")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_commands_of_the_readme_run(folder, capfd):
    commands = [
        line.removeprefix("$ ").split("#")[0].split(">")[0]
        for body in blocks(ROOT / "README.md", "")
        for line in body.splitlines()
        if line.removeprefix("$ ").startswith("articlekit ")
    ]
    assert len(commands) >= 5
    for command in commands:
        with pytest.raises(SystemExit) as exit_info:
            main(shlex.split(command)[1:])
        assert not exit_info.value.code, (command, capfd.readouterr().err)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_python_of_a_page_runs(page, folder):
    bodies = blocks(page, "python")
    if any('"out' in body for body in bodies):
        run(["pages"], Path("out"), Config())
    for body in bodies:
        if ">>>" in body:
            runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
            runner.run(doctest.DocTestParser().get_doctest(body, {}, page.name, str(page), 0))
            assert not runner.failures
        else:
            exec(compile(body, str(page), "exec"), {"__name__": "example"})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_links_of_a_page_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def modules():
    found = pkgutil.walk_packages(articlekit.__path__, "articlekit.")
    return sorted(module.name for module in found if not module.name.endswith("__main__"))


@pytest.mark.parametrize("name", modules())
def test_the_examples_of_a_module_run(name):
    module = importlib.import_module(name)
    result = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0
    assert module.__doc__


def test_every_public_name_has_a_docstring():
    for name in articlekit.__all__:
        assert getattr(articlekit, name).__doc__, name
