"""Every error articlekit raises.

    ArticlekitError
    ├── ConfigError      a setting is unknown, of the wrong type or out of range
    ├── InputError       an input does not exist, matches nothing or is what would be overwritten
    ├── RuleError        a rule file or rule is wrong
    ├── SchemaError      a record does not have the shape its schema asks for
    ├── RecordError      one record cannot be processed; a batch quarantines it
    ├── LedgerError      a ledger entry does not fit the record it is applied to
    └── BalanceError     records were read that are in none of the outputs (a bug: please report it)

Each says what is wrong, where, and what to do about it. All can be pickled, because they cross
process boundaries.
"""

from __future__ import annotations


class ArticlekitError(Exception):
    """Base of all errors raised on purpose."""


class ConfigError(ArticlekitError):
    """A setting is unknown, of the wrong type or out of range."""


class InputError(ArticlekitError):
    """An input does not exist, matches nothing, or would be overwritten."""


class RuleError(ArticlekitError):
    """A rule file, or a rule in it, is wrong."""


class SchemaError(ArticlekitError):
    """A record does not have the shape its schema asks for."""


class LedgerError(ArticlekitError):
    """A ledger entry is damaged or does not belong to the record."""


class BalanceError(ArticlekitError):
    """What was read is not what was written, duplicate, dropped and quarantined."""


class RecordError(ArticlekitError):
    """One record cannot be processed.

    Attributes:
        reason: a stable code such as ``empty-body`` or ``not-json``, for counting.
        step: the step that gave up, such as ``read`` or ``extract``.
        message: what happened and what to do about it, for people.
        place: where in the record, such as ``line 3, column 17``, or None.

    >>> import pickle
    >>> error = RecordError("not-json", "read", "expected ',' or '}'", "column 17")
    >>> pickle.loads(pickle.dumps(error)).reason
    'not-json'
    >>> str(error)
    "read: not-json: expected ',' or '}' (column 17)"
    """

    def __init__(self, reason: str, step: str, message: str, place: str | None = None) -> None:
        super().__init__(reason, step, message, place)
        self.reason = reason
        self.step = step
        self.message = message
        self.place = place

    def __str__(self) -> str:
        place = f" ({self.place})" if self.place else ""
        return f"{self.step}: {self.reason}: {self.message}{place}"
