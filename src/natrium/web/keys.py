"""Every key of the product, once: the dialog that ? opens, its page, the bar beneath lists, the palette, the guide."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """A key, or some: `press` as they are written on it, one after the other or, with `either`, one of them.

    `short`: the word in the bar beneath a list. `deed`: the letter that acts on a row, which the palette offers too.
    """

    press: tuple[str, ...]
    does: str
    short: str = ""
    either: bool = False
    deed: bool = False

    @property
    def letter(self) -> str:
        """What the scripts call a single key."""
        return self.press[-1].lower()


@dataclass(frozen=True, slots=True)
class KeysOf:
    """The keys of one kind of page. `id` is its anchor."""

    id: str
    title: str
    keys: tuple[Key, ...]


ANYWHERE = KeysOf(
    "anywhere",
    "Anywhere",
    (
        Key(("Ctrl", "K"), "Search, or do anything"),
        Key(("?",), "All keys"),
        Key(("G", "W"), "Go to my work"),
        Key(("G", "P"), "Go to the practice"),
        Key(("G", "N"), "Go to notifications"),
        Key(("G", "C"), "Go to clients"),
        Key(("G", "S"), "Go to services"),
        Key(("G", "T"), "Go to templates"),
        Key(("C",), "New task; on a client’s page, for that client"),
        Key(("Z",), "Undo the last action"),
        Key(("Esc",), "Close what is open"),
    ),
)
ROWS = KeysOf(
    "rows",
    "Rows of my work, and the steps of a task",
    (
        Key(("J", "K"), "Next, previous row", short="move", either=True),
        Key(("X",), "Complete, or take back; where it cannot be, why not", short="done", deed=True),
        Key(("S",), "Start, or go on", short="start", deed=True),
        Key(("W",), "Set waiting", short="waiting", deed=True),
        Key(("A",), "Assign", short="assign", deed=True),
        Key(("D",), "Set the due date", short="due", deed=True),
        Key(("T",), "Take an unassigned step", short="take", deed=True),
        Key(("M",), "Add a note", deed=True),
    ),
)
MINE = KeysOf(
    "mine",
    "My work",
    (
        Key(("↵",), "Open the task, at the step", short="open"),
        Key(("F",), "Filter"),
        Key(("V",), "Choose a row, or no longer; X S W A D T are then for all that are chosen", short="choose"),
        Key(("Shift", "V"), "Choose all rows up to this one"),
    ),
)
TASK = KeysOf(
    "task",
    "A task",
    (
        Key(("↵",), "Open or close a step or a group", short="open"),
        Key(("N",), "Add a step", short="add step"),
        Key(("Alt", "↑"), "Move a step or group up"),
        Key(("Alt", "↓"), "Move a step or group down"),
        Key(("Ctrl", "↵"), "Send a note"),
        Key(("↵", "Tab"), "Take the colleague chosen after @", either=True),
    ),
)
MENUS = KeysOf(
    "menus",
    "A menu or a list of choices",
    (
        Key(("↑", "↓"), "Previous, next", either=True),
        Key(("Home", "End"), "First, last", either=True),
        Key(("↵",), "Choose"),
        Key(("Ctrl", "↵"), "Open what was found in a new tab"),
    ),
)
NOTIFICATIONS = KeysOf(
    "notifications",
    "Notifications",
    (
        Key(("J", "K"), "Next, previous row", either=True),
        Key(("X",), "Mark as read"),
        Key(("↵",), "Open what it is about"),
    ),
)
CLIENTS = KeysOf("clients", "Clients", (Key(("F",), "Find a client by name or reference"),))
PRACTICE = KeysOf(
    "practice",
    "The practice",
    (
        Key(("J", "K"), "Next, previous row of the list", either=True),
        Key(("X",), "Tick, or untick"),
        Key(("F",), "Add a filter"),
        Key(("A",), "Reassign what is ticked"),
        Key(("D",), "Move the target, or set the due day, of what is ticked"),
        Key(("Z",), "Undo what was done to many"),
        Key(("Esc",), "Untick all"),
    ),
)
EDITOR = KeysOf(
    "editor",
    "Writing a template",
    (
        Key(("Alt", "↑"), "Move a step or group up"),
        Key(("Alt", "↓"), "Move a step or group down"),
    ),
)
ALL = (ANYWHERE, ROWS, MINE, TASK, NOTIFICATIONS, PRACTICE, CLIENTS, EDITOR, MENUS)
DEEDS = tuple(key for key in ROWS.keys if key.deed)


def bar(*, on_task: bool) -> Iterator[Key]:
    """The keys of the bar beneath a list of work, or beneath a task."""
    for part in (ROWS, TASK if on_task else MINE):
        yield from (key for key in part.keys if key.short)
