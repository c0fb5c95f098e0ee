"""Exit codes: how an error becomes one."""

from __future__ import annotations

import sys
import traceback
from types import TracebackType
from typing import NoReturn

import click

from articlekit.errors import (
    ArticlekitError,
    ConfigError,
    InputError,
    LedgerError,
    RecordError,
    RuleError,
    SchemaError,
)

OK = 0
FINDINGS = 1
USAGE = 2
INTERNAL = 3
INTERRUPTED = 130
BROKEN_PIPE = 141  # 128 + SIGPIPE, as other tools end when their reader goes away

_CODES: tuple[tuple[type[ArticlekitError], int], ...] = (
    (RecordError, FINDINGS),
    (ConfigError, USAGE),
    (InputError, USAGE),
    (RuleError, USAGE),
    (LedgerError, USAGE),
    (SchemaError, USAGE),
)


class exit_codes:  # noqa: N801  # used like a function
    """Context in which any exception ends the process with its documented exit code."""

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> NoReturn:
        sys.exit(_code(error))


def _code(error: BaseException | None) -> int:
    """Print what a person must know about `error` and return the exit code."""
    if error is None:
        return OK
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else OK
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, KeyboardInterrupt | click.Abort):
        click.echo("articlekit: interrupted; files that were not finished were not put in place", err=True)
        return INTERRUPTED
    if isinstance(error, click.ClickException):
        error.show()
        return USAGE
    if isinstance(error, ArticlekitError):
        click.echo(f"articlekit: error: {error}", err=True)
        return next((code for kind, code in _CODES if isinstance(error, kind)), INTERNAL)
    if isinstance(error, OSError):
        click.echo(f"articlekit: error: {error}", err=True)
        return USAGE
    traceback.print_exception(error)
    click.echo("articlekit: internal error; please report it with the lines above", err=True)
    return INTERNAL
