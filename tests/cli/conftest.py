"""Run the command line in this process, with the exit codes a shell would see."""

from dataclasses import dataclass

import pytest

from articlekit.cli.main import main


@dataclass
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def articlekit(capfd, monkeypatch, tmp_path):
    """Return a function that runs ``articlekit ARGS`` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")

    def run(*args: object) -> Ran:
        capfd.readouterr()
        with pytest.raises(SystemExit) as exit_info:
            main([str(arg) for arg in args])
        captured = capfd.readouterr()
        return Ran(int(exit_info.value.code or 0), captured.out, captured.err)

    return run
