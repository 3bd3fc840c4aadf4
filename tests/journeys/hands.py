"""Hands on a page that count themselves: what is not done through them is not done by the person."""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page


@dataclass(frozen=True, slots=True)
class Effort:
    """What a deed took: clicks, keys (one with Ctrl or Alt held is one), and texts typed, however long."""

    clicks: int = 0
    keys: int = 0
    texts: int = 0

    def __str__(self) -> str:
        """Return it in words: "2 clicks, 1 text"."""
        counts = (("click", self.clicks), ("key", self.keys), ("text", self.texts))
        return ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for word, count in counts if count)


@dataclass(slots=True)
class Hands:
    """A mouse and a keyboard on a page."""

    page: Page
    clicks: int = field(default=0, init=False)
    keys: int = field(default=0, init=False)
    texts: int = field(default=0, init=False)

    def click(self, *targets: Locator) -> None:
        """Click one after the other."""
        for target in targets:
            self.clicks += 1
            target.click()

    def choose(self, target: Locator, label: str) -> None:
        """Take a line of a drop-down list: one click opens it, one takes the line."""
        self.clicks += 2
        target.select_option(label=label)

    def give(self, target: Locator, file: dict[str, object]) -> None:
        """Choose a file: one click opens the system's window, one more takes the file."""
        self.clicks += 2
        target.set_input_files(file)  # type: ignore[arg-type]  # a name, a type and bytes

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type a text where the focus is."""
        self.texts += 1
        self.page.keyboard.type(text)

    def effort(self) -> Effort:
        """What it took since the last time, and begin again."""
        took = Effort(self.clicks, self.keys, self.texts)
        self.clicks = self.keys = self.texts = 0
        return took
