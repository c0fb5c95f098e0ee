"""The checks, each with its code.

To add one, write a function in `articlekit.check.finders` and an entry here with the next free code of its
hundred. Codes are stable and never reused: 0xx the file and the record, 1xx the article, 2xx damage to
characters, 3xx what belongs to the site, 4xx duplicates.
"""

from __future__ import annotations

from dataclasses import dataclass

from articlekit import schemas
from articlekit.check import finders
from articlekit.check.finders import Find
from articlekit.check.findings import Severity


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of problem.

    Attributes:
        code: stable, such as ``AK201``.
        name: the same for people.
        severity: of its findings.
        about: what it means, one sentence.
        remedy: what to do about it, for people.
        find: yields the problems of one record; None where the reader finds them.
        kinds: record types it looks at; empty for any record.
    """

    code: str
    name: str
    severity: Severity
    about: str
    remedy: str
    find: Find | None = None
    kinds: tuple[str, ...] = ("article",)


CHECKS: tuple[Check, ...] = (
    Check(
        "AK001",
        "not-json",
        "error",
        "A line is no JSON object in UTF-8.",
        "Write the file again; `articlekit run` writes one JSON object per line.",
    ),
    Check(
        "AK002",
        "unknown-record",
        "error",
        "A record does not say a schema that is known.",
        "Make article records with `articlekit clean`, or leave the file out.",
        finders.unknown_record,
        (),
    ),
    Check(
        "AK003",
        "schema",
        "error",
        "A record does not have the shape of its schema.",
        "Compare it with `articlekit schema`; make it again with this version of articlekit.",
        finders.against_schema,
        schemas.names(),
    ),
    Check(
        "AK004",
        "damaged-file",
        "error",
        "A file ends early, is not what its name says, or holds a record that is too large.",
        "Fetch or write the file again.",
    ),
    Check(
        "AK005",
        "nothing-checked",
        "error",
        "There is no record in all files together.",
        "Check whether the step that writes the corpus ran.",
    ),
    Check(
        "AK006",
        "balance",
        "error",
        "A summary's numbers do not add up: read = written + duplicates + dropped + quarantined.",
        "Records were lost, or the summary was changed; run again, and report it if it stays.",
        finders.balance,
        ("summary",),
    ),
    Check(
        "AK101",
        "empty-body",
        "error",
        "An article has no text.",
        "Leave the record out; `articlekit run` quarantines such records.",
        finders.empty_body,
    ),
    Check(
        "AK102",
        "missing-title",
        "warning",
        "An article has no title.",
        "Give the field with --title-field, or accept it: not every text has a title.",
        finders.missing_title,
    ),
    Check(
        "AK201",
        "mojibake",
        "error",
        "Text was read in the wrong encoding.",
        "Clean the source again, with --encoding where it is known.",
        finders.mojibake,
    ),
    Check(
        "AK202",
        "lost-text",
        "error",
        "Characters are lost for good (U+FFFD, 锟斤拷). A warning where the record flags it itself.",
        "Fetch the page again; what is lost cannot be restored from the text.",
        finders.lost_text,
    ),
    Check(
        "AK203",
        "annotation",
        "error",
        "Pinyin is glued behind characters, or residue of it is left.",
        "Clean the source with `clean.annotated = true`.",
        finders.annotation,
    ),
    Check(
        "AK301",
        "chrome-line",
        "error",
        "A line belongs to the site: navigation, share bar, disclaimer, byline and the like.",
        "Clean the text again, or disable the rule if it is wrong here.",
        finders.chrome_line,
    ),
    Check(
        "AK302",
        "contact-line",
        "error",
        "A line holds contact details of the site.",
        "Clean the text again, or disable the rule if it is wrong here.",
        finders.contact_line,
    ),
    Check(
        "AK401",
        "duplicate-id",
        "error",
        "Two articles have one id.",
        "Give the field of the id with --id-field, or leave one of them out.",
        finders.duplicate_id,
    ),
    Check(
        "AK402",
        "duplicate-text",
        "error",
        "Two articles have one text, whatever its script, width, case and wrapping.",
        "Run `articlekit dedup`, or mark the copies with `--duplicates mark`.",
        finders.duplicate_text,
    ),
)
