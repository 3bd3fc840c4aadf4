"""Where the content of files lies: NATRIUM_DATA/files/ab/abcdef…, names that say nothing, readable by nobody else.

A file is written under a name that begins with a dot, flushed to the disk, and then given its own name, so that
a name stands for a whole file or for none. Several machines share the folder where they share the database.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from natrium.domain.errors import NotFound
from natrium.domain.files import MOST, too_big

LOST = "lost"


@dataclass(frozen=True, slots=True)
class Kept:
    """A content that was written: its random name, how many bytes, and their SHA-256 (hex)."""

    stored: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Found:
    """A file in the folder. `stored` is "" for one that was never finished; `since` is seconds since 1970."""

    path: Path
    stored: str
    size: int
    since: float


def folder() -> Path:
    """The folder of all files."""
    return Path(settings.DATA) / "files"


def path_of(stored: str) -> Path:
    """Where a content lies."""
    return folder() / stored[:2] / stored


def keep(chunks: Iterable[bytes], *, name: str) -> Kept:
    """Writes a content under a new random name. Raises Refusal (bad-value, by the file's `name`) beyond the most."""
    stored = secrets.token_hex(16)
    place = path_of(stored)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_name(f".{stored}")
    try:
        size, digest = _write(draft, chunks, name)
        draft.rename(place)
        _settle(place.parent)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return Kept(stored, size, digest)


def _write(draft: Path, chunks: Iterable[bytes], name: str) -> tuple[int, str]:
    """Writes and flushes a content; returns its size and SHA-256 (hex)."""
    digest, size = sha256(), 0
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > MOST:
                raise too_big(name)
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def _settle(directory: Path) -> None:
    """Has the disk remember a directory's names."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(stored: str) -> BinaryIO:
    """A content, to be read and closed. Raises NotFound where it is missing."""
    try:
        return path_of(stored).open("rb")
    except FileNotFoundError as error:
        raise NotFound("The content of this file is missing. `natrium doctor` names all that are.") from error


def erase(stored: str) -> None:
    """Takes a content away. Again is harmless."""
    path_of(stored).unlink(missing_ok=True)


def size_of(stored: str) -> int | None:
    """How many bytes a content has; None where it is missing."""
    try:
        return path_of(stored).stat().st_size
    except FileNotFoundError:
        return None


def contents() -> Iterator[Found]:
    """All files of the folder, those never finished as well, in no order; what was set aside is left out."""
    for directory in _directories(folder()):
        if directory.name == LOST:
            continue
        for path in directory.iterdir():
            found = _found(path)
            if found is not None:
                yield found


def set_aside() -> Iterator[Found]:
    """The contents that belonged to no file and were set aside."""
    for path in (folder() / LOST).iterdir() if (folder() / LOST).is_dir() else ():
        found = _found(path)
        if found is not None:
            yield found


def put_aside(found: Found) -> None:
    """Moves a content that belongs to no file into the folder `lost`, where it counts from now on."""
    lost = folder() / LOST
    lost.mkdir(mode=0o700, exist_ok=True)
    os.utime(found.path)
    found.path.rename(lost / found.path.name)


def _directories(top: Path) -> Iterator[Path]:
    return (path for path in top.iterdir() if path.is_dir()) if top.is_dir() else iter(())


def _found(path: Path) -> Found | None:
    try:
        about = path.stat()
    except FileNotFoundError:
        return None  # somebody else was quicker
    stored = "" if path.name.startswith(".") else path.name
    return Found(path, stored, about.st_size, about.st_mtime)
