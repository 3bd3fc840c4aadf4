"""The smallest pieces of a page, made once and kept: icons, marks, avatars, the lines of a spectrum."""

from functools import lru_cache

from markupsafe import Markup

from natrium.apps.workflows.panels import StepLine, Who
from natrium.web.words import hue, initials

ICON = Markup('<svg class="{}" aria-hidden="true"><use href="#i-{}"/></svg>')
MARK = Markup('<svg class="mk {0}" aria-hidden="true"><use href="#m-{0}"/></svg>')
AVATAR = Markup('<span class="av {}" title="{}"><span aria-hidden="true">{}</span><span class="vh">{}</span></span>')


@lru_cache(maxsize=256)
def icon(name: str, size: str = "") -> Markup:
    """An icon of the sprite; the word beside it speaks."""
    return ICON.format(f"ico {size}".rstrip(), name)


@lru_cache(maxsize=16)
def mark(state: str) -> Markup:
    """The mark of a state."""
    return MARK.format(state)


@lru_cache(maxsize=4096)
def avatar(who: Who) -> Markup:
    """A person's round, which carries the full name."""
    return AVATAR.format(hue(who.id), who.name, initials(who.name), who.name)


def bars(steps: tuple[StepLine, ...]) -> Markup:
    """A line of light for each step; states are words of ours."""
    lines = "".join([f'<i class="{step.state}"></i>' for step in steps])
    return Markup(f'<span class="lines">{lines}</span>')  # noqa: S704 - nothing in it was typed
