"""Settings: where they come from, what is refused, and what is shown."""

from __future__ import annotations

import pickle
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from articlekit import config as configuration
from articlekit.config import CleanSettings, Config, DedupSettings, Loaded, RunSettings, load_config, settings
from articlekit.errors import ConfigError

ROOT = Path(__file__).resolve().parents[1]


def load(
    folder: Path,
    toml: str = "",
    environ: Mapping[str, str] | None = None,
    flags: Mapping[str, Any] | None = None,
) -> Loaded:
    (folder / ".git").mkdir(exist_ok=True)
    if toml:
        (folder / "articlekit.toml").write_text(toml, "utf-8")
    return load_config(flags=flags or {}, environ=environ or {}, cwd=folder)


def problem(
    folder: Path,
    toml: str = "",
    environ: Mapping[str, str] | None = None,
    flags: Mapping[str, Any] | None = None,
) -> str:
    with pytest.raises(ConfigError) as caught:
        load(folder, toml, environ, flags)
    return str(caught.value)


# --- where values come from ------------------------------------------------------------------------


def test_without_files_every_setting_has_its_default(tmp_path: Path) -> None:
    loaded = load(tmp_path)
    assert loaded.config == Config()
    assert set(loaded.origins.values()) == {"default"}
    assert set(loaded.origins) == {setting.key for setting in settings()}


def test_the_nearer_to_the_user_wins(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        "[tool.articlekit.dedup]\nthreshold = 0.5\naction = 'mark'\npolicy = 'earliest'\n"
        "[tool.articlekit.run]\nledger = true\n"
    )
    toml = "[dedup]\nthreshold = 0.6\naction = 'drop'\npolicy = 'lowest-id'\n"
    environ = {"ARTICLEKIT_DEDUP_THRESHOLD": "0.75", "ARTICLEKIT_DEDUP_ACTION": "mark"}
    loaded = load(tmp_path, toml, environ, flags={"dedup.threshold": 0.8})
    assert loaded.config.dedup == DedupSettings(threshold=0.8, action="mark", policy="lowest-id")
    assert loaded.config.run.ledger
    origins = {key: origin for key, origin in loaded.origins.items() if origin != "default"}
    assert origins == {
        "dedup.threshold": "flag --threshold",
        "dedup.action": "environment ARTICLEKIT_DEDUP_ACTION",
        "dedup.policy": "articlekit.toml:4",
        "run.ledger": "pyproject.toml:6 [tool.articlekit]",
    }


def test_files_of_the_parents_count_up_to_the_first_with_settings(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "articlekit.toml").write_text("[run]\nworkers = 3\n")
    (inner / "pyproject.toml").write_text('[project]\nname = "articlekit-user"\n')
    loaded = load_config(environ={}, cwd=inner)
    assert loaded.config.run.workers == 3
    assert loaded.origins["run.workers"] == "../../articlekit.toml:2"


def test_files_above_a_repository_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "articlekit.toml").write_text("[run]\nworkers = 3\n")
    inner = tmp_path / "repository"
    (inner / ".git").mkdir(parents=True)
    assert load_config(environ={}, cwd=inner).config.run.workers == 0


def test_a_named_file_is_the_only_one_read(tmp_path: Path) -> None:
    (tmp_path / "articlekit.toml").write_text("[run]\nworkers = 3\n")
    (tmp_path / "other.toml").write_text("[dedup]\nthreshold = 0.9\n")
    for loaded in (
        load_config("other.toml", environ={}, cwd=tmp_path),
        load_config(environ={"ARTICLEKIT_CONFIG": "other.toml"}, cwd=tmp_path),
    ):
        assert (loaded.config.run.workers, loaded.config.dedup.threshold) == (0, 0.9)
        assert loaded.files == ("other.toml",)


def test_a_broken_pyproject_that_does_not_name_us_is_not_our_affair(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project\n")
    assert load(tmp_path).config == Config()


def test_flags_that_were_not_given_change_nothing(tmp_path: Path) -> None:
    loaded = load(tmp_path, flags={"dedup.threshold": None})
    assert loaded.origins["dedup.threshold"] == "default"


def test_relative_rule_folders_start_from_where_they_are_written(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "articlekit.toml").write_text('[rules]\nfolders = ["mine", "/absolute"]\n')
    assert load_config(environ={}, cwd=inner).config.rules.folders == (str(tmp_path / "mine"), "/absolute")
    given = load_config(environ={}, cwd=inner, flags={"rules.folders": ("mine",)})
    assert given.config.rules.folders == (str(inner / "mine"),)


@pytest.mark.parametrize(
    ("variable", "text", "key", "value"),
    [
        ("ARTICLEKIT_RUN_WORKERS", " 4 ", "run.workers", 4),
        ("ARTICLEKIT_RUN_LEDGER", "Yes", "run.ledger", True),
        ("ARTICLEKIT_CLEAN_FTFY", "0", "clean.ftfy", False),
        ("ARTICLEKIT_CLEAN_PROTECTED", "海棠股份, 云杉", "clean.protected", ("海棠股份", "云杉")),
        ("ARTICLEKIT_RULES_DISABLE", "", "rules.disable", ()),
        ("ARTICLEKIT_INPUT_TEXT_FIELD", "", "input.text_field", None),
        ("ARTICLEKIT_RUN_MAX_ERRORS", "10", "run.max_errors", "10"),
        ("ARTICLEKIT_DEDUP_REMOVE", "updated,repost", "dedup.remove", ("repost", "updated")),
    ],
)
def test_the_environment_is_parsed_by_the_kind_of_the_setting(
    tmp_path: Path, variable: str, text: str, key: str, value: object
) -> None:
    assert load(tmp_path, environ={variable: text}).config.values()[key] == value


# --- what is refused ---------------------------------------------------------------------------------


REFUSED = tomllib.loads((Path(__file__).parent / "data" / "config_refused.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["toml"].replace("\n", " "))
def test_a_wrong_file_is_refused_with_place_and_remedy(tmp_path: Path, case: dict[str, str]) -> None:
    assert problem(tmp_path, case["toml"] + "\n") == "articlekit.toml" + case["error"]


@pytest.mark.parametrize(
    ("variable", "text", "expected"),
    [
        ("ARTICLEKIT_DEDUP_TRESHOLD", "1", 'unknown setting; did you mean "ARTICLEKIT_DEDUP_THRESHOLD"?'),
        ("ARTICLEKIT_THRESHOLD", "1", 'unknown setting; did you mean "ARTICLEKIT_DEDUP_THRESHOLD"?'),
        ("ARTICLEKIT_DEDUP_THRESHOLD", "x", 'expected a number from 0.1 to 1, found the text "x"'),
        ("ARTICLEKIT_RUN_WORKERS", "٣", 'expected a whole number from 0 to 4096, found the text "٣"'),
        (
            "ARTICLEKIT_RUN_WORKERS",
            "9" * 5000,
            f'expected a whole number from 0 to 4096, found the text "{"9" * 57}..."',
        ),
        ("ARTICLEKIT_RUN_LEDGER", "maybe", 'expected true or false, found the text "maybe"'),
        (
            "ARTICLEKIT_INPUT_TEXT_FIELD",
            "a\udcff",
            'expected text, found the text "a\\udcff"; it holds characters that cannot be printed',
        ),
    ],
)
def test_a_wrong_variable_is_refused(tmp_path: Path, variable: str, text: str, expected: str) -> None:
    assert problem(tmp_path, environ={variable: text}) == f"environment {variable}: {expected}"


def test_a_wrong_flag_is_refused_by_its_name(tmp_path: Path) -> None:
    assert problem(tmp_path, flags={"dedup.action": "keep"}) == (
        'flag --duplicates: expected "drop" or "mark", found the text "keep"'
    )
    assert "did you mean" in problem(tmp_path, flags={"dedup.treshold": 1})


def test_all_problems_are_named_at_once(tmp_path: Path) -> None:
    text = problem(
        tmp_path, "[run]\nworker = 1\nledger = 1\n", {"ARTICLEKIT_X": "1"}, flags={"dedup.threshold": 9}
    )
    assert [line.split(":")[0] for line in text.splitlines()] == [
        "articlekit.toml",
        "articlekit.toml",
        "environment ARTICLEKIT_X",
        "flag --threshold",
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"[dedup\n", "articlekit.toml: not valid TOML: "),
        (b"\xff\xfe", "articlekit.toml: not UTF-8 text: "),
        (b"x = " + b"[" * 100_000, "articlekit.toml: not valid TOML: "),
        (b"a\x00b = 1", "articlekit.toml: not valid TOML: "),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes, expected: str) -> None:
    (tmp_path / "articlekit.toml").write_bytes(content)
    assert problem(tmp_path).startswith(expected)


def test_a_missing_named_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"missing\.toml: cannot read the configuration"):
        load_config("missing.toml", environ={}, cwd=tmp_path)


def test_sections_made_in_python_are_checked_too() -> None:
    with pytest.raises(ConfigError, match="expected a whole number from 0 to 4096"):
        RunSettings(workers=-1)
    with pytest.raises(ConfigError, match='did you mean "hant"'):
        CleanSettings(script="hantt")
    with pytest.raises(ConfigError, match=r"unknown setting 'dedup\.limit'"):
        Config.from_values({"dedup.limit": 1})


# --- what is shown -----------------------------------------------------------------------------------


def test_the_shown_configuration_loads_back_to_the_same(tmp_path: Path) -> None:
    loaded = load(
        tmp_path,
        '[input]\ntext_field = "正文 \\"全\\""\n[clean]\nprotected = ["泓昇", "a\\\\b"]\n'
        '[rules.domains."a.cn"]\ndisable = ["share"]\n',
        {"ARTICLEKIT_RUN_MAX_ERRORS": "2.5 %"},
        flags={"dedup.threshold": 0.85, "run.ledger": True},
    )
    shown = configuration.show(loaded)
    assert "# flag --threshold" in shown
    assert "# articlekit.toml:2" in shown
    again = tmp_path / "again"
    again.mkdir()
    assert load(again, shown).config == loaded.config


def test_the_file_to_start_from_loads_to_the_defaults_with_and_without_the_marks(tmp_path: Path) -> None:
    text = configuration.init()
    assert load(tmp_path, text).config == Config()
    assert set(load(tmp_path, text).origins.values()) == {"default"}
    unmarked = load(tmp_path, re.sub(r"(?m)^#(?=\w+ = )", "", text))
    assert unmarked.config == Config()
    assert "default" not in unmarked.origins.values()


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    assert configuration.reference() in page, (
        "paste the output of articlekit.config.reference() into the page"
    )
    for setting in settings():
        assert re.fullmatch(r"[A-Z`].*\.", setting.doc), setting.key
        assert setting.kind.check(setting.default) == setting.default


def test_flags_and_variables_are_distinct() -> None:
    flags = [setting.flag for setting in settings() if setting.flag]
    assert len(set(flags)) == len(flags)
    assert len({setting.variable for setting in settings()}) == len(settings())


def test_the_flags_that_are_documented_exist() -> None:
    from articlekit.cli.run import command

    options = {name for parameter in command.params for name in parameter.opts}
    assert {setting.flag for setting in settings() if setting.flag} <= options


# --- what other parts rely on --------------------------------------------------------------------------


def test_a_configuration_can_be_pickled_hashed_and_compared() -> None:
    config = Config(dedup=DedupSettings(threshold=0.8))
    again = pickle.loads(pickle.dumps(config))
    assert again == config
    assert hash(again) == hash(config)
    assert config != Config()


def test_values_by_dotted_key_build_the_same_configuration() -> None:
    config = Config(dedup=DedupSettings(remove=("updated", "repost")), run=RunSettings(max_errors="7"))
    assert Config.from_values(config.values()) == config
    assert config.to_dict()["dedup"]["remove"] == ["repost", "updated"]


def test_the_digest_depends_on_what_changes_the_output_and_on_nothing_else() -> None:
    assert Config().digest() == "9f28dfa2444d1251", "a new default changes what runs may be resumed: say so"
    assert Config(run=RunSettings(workers=2, max_errors="9")).digest() == Config().digest()
    assert Config(clean=CleanSettings(script="keep")).digest() != Config().digest()


@pytest.mark.parametrize(
    ("limit", "errors", "read", "too_many"),
    [
        ("0", 0, 10, False),
        ("0", 1, 10, True),
        ("3", 3, 10, False),
        ("5%", 5, 100, False),
        ("5%", 6, 100, True),
        ("5%", 0, 0, False),
        ("100%", 10, 10, False),
        ("0.1%", 1, 1000, False),
        ("0.1%", 2, 1000, True),
    ],
)
def test_too_many_errors_are_more_than_the_limit(limit: str, errors: int, read: int, too_many: bool) -> None:
    assert RunSettings(max_errors=limit).too_many(errors, read) is too_many


def test_the_examples_in_the_documentation_run() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    blocks = re.findall(r"```(toml|python)\n(.*?)```", page, re.DOTALL)
    for kind, text in blocks:
        if kind == "python":
            exec(compile(text, "configuration.md", "exec"), {})
    own, project = (tomllib.loads(text) for kind, text in blocks if kind == "toml")
    for table in (own, project["tool"]["articlekit"]):
        Config.from_values(
            {f"{part}.{key}": value for part, keys in table.items() for key, value in keys.items()}
        )
