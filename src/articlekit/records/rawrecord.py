"""What a reader hands to a worker: one record as bytes, or why there is none."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from articlekit.errors import RecordError
from articlekit.model import Media, Quarantined, Source

# Reasons whose record could not be held, so that there is nothing to keep.
NOT_HELD = frozenset({"too-large", "unreadable"})
# Reasons that lie in the file around the record: reading the record alone again would not show them.
OF_THE_FILE = frozenset(
    {"truncated", "damaged", "not-compressed", "not-parquet", "ragged-row", "bad-quotes", *NOT_HELD}
)


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record as it was read: small, picklable, not yet parsed.

    Attributes:
        uri: of the file it comes from.
        record: its number in a file of records, from 1; None for a file that is one record.
        media: ``json`` for one JSON object, ``html``, ``text``, or None to find out.
        data: its bytes after decompression; for rows of tables their JSON form.
        declared: the encoding of `data`, as given or found for the whole file; None to find out.
        error: why it cannot be processed, without the raw record (that is `data`); or None.
        parts: records that may be the next pages of the same article, in order.
    """

    uri: str
    record: int | None
    media: Media | None
    data: bytes
    declared: str | None = None
    error: Quarantined | None = None
    parts: tuple[RawRecord, ...] = ()

    @property
    def source(self) -> Source:
        """Where the record comes from, with the checksum of its bytes."""
        return Source(self.uri, self.record, sha256=hashlib.sha256(self.data).hexdigest())

    def failed(self, error: RecordError) -> RawRecord:
        """Return the record with the reason why it cannot be processed.

        >>> raw = RawRecord("a.csv", 2, None, b"1,2").failed(RecordError("ragged-row", "read", "…"))
        >>> raw.quarantined().raw
        b'1,2'
        """
        outcome = Quarantined(
            self.source, error.reason, error.step, error.message, error.place, media=self.media
        )
        data = b"" if error.reason in NOT_HELD else self.data
        return replace(self, data=data, error=outcome)

    def quarantined(self) -> Quarantined:
        """Return what becomes of a record that has an error, with the raw record in it."""
        if self.error is None:
            raise ValueError("only a record with an error can be quarantined")
        raw = None if self.error.reason in NOT_HELD else self.data
        return replace(self.error, media=self.media, raw=raw)
