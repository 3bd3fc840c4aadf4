"""Writers of an SQLite file take turns: nobody who has just written comes before somebody who waits."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import connection, transaction

from natrium.apps.database.sqlite3.turns import Turns

HOLDER = """
import sys, time
from pathlib import Path
from natrium.apps.database.sqlite3.turns import Turns
turns = Turns(Path(sys.argv[1]), 1)
turns.take()
print("taken", flush=True)
time.sleep(60)
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "natrium.sqlite3"


def is_free(database: Path) -> bool:
    """Whether the turn is free for one more."""
    turns = Turns(database, 0)
    turns.take()
    free = turns.took
    turns.close()
    return free


def test_a_click_waits_for_one_chunk_of_a_bulk_write_at_most(database: Path) -> None:
    chunks, stop = [0], threading.Event()

    def write_in_bulk() -> None:
        turns = Turns(database, 20)
        while not stop.is_set():
            turns.take()
            time.sleep(0.01)
            chunks[0] += 1
            turns.give_back()
        turns.close()

    bulk = threading.Thread(target=write_in_bulk)
    bulk.start()
    click = Turns(database, 20)
    waited = []
    for _ in range(20):
        time.sleep(0.013)
        before = chunks[0]
        click.take()
        waited.append(chunks[0] - before)
        click.give_back()
    stop.set()
    bulk.join()
    # One that was under way, and at the worst one that went to the door first.
    assert max(waited) <= 2
    assert chunks[0] > 20


def test_the_turn_of_a_killed_process_is_free_again(database: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(database)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "taken\n"
        assert not is_free(database)
        holder.send_signal(signal.SIGKILL)
    assert is_free(database)


def test_a_writer_who_waited_too_long_asks_the_database_itself(database: Path) -> None:
    first, second = Turns(database, 0), Turns(database, 0.05)
    first.take()
    second.take()
    assert first.took
    assert not second.took
    first.give_back()
    second.take()
    assert second.took


def test_where_there_is_no_folder_nobody_waits(tmp_path: Path) -> None:
    turns = Turns(tmp_path / "nowhere" / "natrium.sqlite3", 1)
    turns.take()
    turns.give_back()
    turns.close()
    assert not turns.took


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
def test_every_transaction_takes_its_turn_and_gives_it_back() -> None:
    database = Path(connection.settings_dict["NAME"])
    assert is_free(database)
    with transaction.atomic():
        assert not is_free(database)
        with transaction.atomic():
            pass
        assert not is_free(database)
    assert is_free(database)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    assert is_free(database)
    with transaction.atomic():
        connection.close()
        assert is_free(database)
