"""What `natrium doctor` says of one thing that is not as it should be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be. `place` is e.g. "task 12", "workflow 7", "step 31"."""

    place: str
    what: str
