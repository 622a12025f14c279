"""What became of records that a list lacked or showed again, in numbers."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass
class Deletes:
    """One list in one run.

    Attributes:
        listed: Records that the list showed.
        vanished: Live rows that a whole list lacked, without those asked for lately.
        deleted: Of these, gone for good.
        relocated: Gone, but living on under another id.
        not_listed: Asked for by id, and still there.
        undecided: Kept, and decided later: refused, unanswered, or seen with other eyes.
        held: Gone, and held back until they are accepted; at least so many, since nobody asks on.
        returned: Records with a tombstone that the list showed again.
        anonymized: Records first seen without personal data.
    """

    listed: int = 0
    vanished: int = 0
    deleted: int = 0
    relocated: int = 0
    not_listed: int = 0
    undecided: int = 0
    held: int = 0
    returned: int = 0
    anonymized: int = 0

    def to_json(self) -> dict[str, int]:
        """Give the object of the machine interface."""
        return asdict(self)
