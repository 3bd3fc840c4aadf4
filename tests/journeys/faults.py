"""What shuts somebody out of a page as it stands in the browser: to assistive technology, or on a narrow screen."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SERIOUS = {"serious", "critical"}
WIDTHS = (320, 390, 760, 1080, 1440)
# That what is pressed is 24 by 24 (WCAG 2.5.8) axe looks at only when told.
IN_LIGHT = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# The dark theme is another set of colours on the same document.
IN_DARK = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
_AXE = Axe()


def faults(page: Page, within: str | None = None) -> list[str]:
    """What axe calls serious or worse, in both themes; `within` is the part of the page to look at, by its selector."""
    found = _violations(page, IN_LIGHT, "light", within)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found += _violations(page, IN_DARK, "dark", within)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return found


def _violations(page: Page, options: dict[str, Any], theme: str, within: str | None) -> list[str]:
    return [
        f"{page.url} {theme} {fault['id']}: {[node['html'][:120] for node in fault['nodes'][:3]]}"
        for fault in _AXE.run(page, context=within, options=options).response["violations"]
        if fault["impact"] in SERIOUS
    ]


def sideways(page: Page) -> list[str]:
    """The widths, of the usual screens, at which the page scrolls sideways."""
    before, found = page.viewport_size, []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{page.url} at {width}")
    if before:
        page.set_viewport_size(before)
    return found


FRAME = """() => {
  const all = [...document.querySelectorAll("h1, h2, h3, h4")];
  const seen = all.filter((one) => !one.closest("dialog") && one.checkVisibility());
  const parts = [...document.querySelectorAll("nav, aside")];
  const levels = seen.map((one) => Number(one.tagName[1]));
  return {
    firsts: levels.filter((level) => level === 1).length,
    jumps: levels.filter((level, place) => level > (levels[place - 1] ?? 0) + 1).length,
    mains: document.querySelectorAll("main").length,
    unnamed: parts.filter((one) => !one.ariaLabel && !one.getAttribute("aria-labelledby")).length,
    lang: document.documentElement.lang,
  };
}"""
SOUND = {"firsts": 1, "jumps": 0, "mains": 1, "unnamed": 0, "lang": "en-GB"}


def out_of_frame(page: Page, practice: str) -> list[str]:
    """What is wrong with headings, landmarks, language and title, on a phone and on a desk."""
    title, before, found = page.title(), page.viewport_size, []
    if not title.endswith(f" · {practice}") or len(title) <= len(f" · {practice}"):
        found.append(f"{page.url} is called “{title}”")
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        frame = page.evaluate(FRAME)
        if frame != SOUND:
            found.append(f"{page.url} at {width}: {frame}")
    if before:
        page.set_viewport_size(before)
    return found
