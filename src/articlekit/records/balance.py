"""The balance of a run: every record that was read is in exactly one output."""

from __future__ import annotations

from dataclasses import dataclass, replace

from articlekit.errors import BalanceError


@dataclass(frozen=True, slots=True)
class Balance:
    """Numbers of records.

    Attributes:
        read: taken from the inputs.
        written: as articles.
        duplicates: written as duplicates and not as articles.
        dropped: written as dropped.
        quarantined: written as quarantined.
    """

    read: int = 0
    written: int = 0
    duplicates: int = 0
    dropped: int = 0
    quarantined: int = 0

    def check(self) -> None:
        """Check that nothing is lost and nothing appeared.

        Raises:
            BalanceError: with all numbers.

        >>> Balance(read=3, written=2, quarantined=1).check()
        >>> Balance(read=3, written=1, quarantined=1).check()
        Traceback (most recent call last):
        articlekit.errors.BalanceError: 3 records read, but 2 accounted for (1 written + 0 duplicates + \
0 dropped + 1 quarantined): 1 lost; this is a bug in articlekit, please report it
        """
        accounted = self.written + self.duplicates + self.dropped + self.quarantined
        if accounted == self.read:
            return
        difference = self.read - accounted
        what = f"{difference} lost" if difference > 0 else f"{-difference} too many"
        raise BalanceError(
            f"{self.read} records read, but {accounted} accounted for ({self.written} written + "
            f"{self.duplicates} duplicates + {self.dropped} dropped + {self.quarantined} quarantined): "
            f"{what}; this is a bug in articlekit, please report it"
        )

    def with_read(self, read: int, *, quarantined: int | None = None) -> Balance:
        """Return the balance with these numbers filled in."""
        return replace(self, read=read, quarantined=self.quarantined if quarantined is None else quarantined)

    def to_dict(self) -> dict[str, int]:
        """Return the numbers for `summary.json`.

        >>> Balance(read=1, written=1).to_dict()
        {'read': 1, 'written': 1, 'duplicates': 0, 'dropped': 0, 'quarantined': 0}
        """
        return {
            "read": self.read,
            "written": self.written,
            "duplicates": self.duplicates,
            "dropped": self.dropped,
            "quarantined": self.quarantined,
        }
