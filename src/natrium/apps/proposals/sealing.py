"""The sealed copy: what was accepted, and the evidence of it, as a PDF that no longer changes."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import fontpkg_ibm_plex_sans
from fpdf import FPDF
from fpdf.enums import TextMode, XPos, YPos
from fpdf.fonts import TTFFont

from natrium.apps.activity.operations import System
from natrium.apps.database import sql
from natrium.apps.proposals.letters import day
from natrium.apps.proposals.models import Acceptance
from natrium.domain.proposals.money import Per, exactly, monthly_words, written

MACHINE = System()
FONT = "Plex"
NEXT = {"new_x": XPos.LMARGIN, "new_y": YPos.NEXT}
ESCAPED = "[U+…] stands for a character that the typeface of this copy lacks; the document accepted has it."
GREY, BLACK = (95, 99, 108), (20, 23, 28)


@lru_cache(maxsize=1)
def _font() -> Path:
    folder = Path(fontpkg_ibm_plex_sans.__file__).parent / "files"
    return next(file for file in sorted(folder.glob("*.ttf")) if "Italic" not in file.name)


def seal(document: str, acceptance: Acceptance) -> tuple[bytes, str]:
    """The PDF and its SHA-256 (hex), the same for the same acceptance."""
    said = cast("dict[str, Any]", sql.from_json(document))
    pdf = _Sheet()
    pdf.set_creation_date(acceptance.at)
    pdf.set_title(f"{said['title']}, {said['practice']}")
    pdf.add_font(FONT, "", _font())
    pdf.has = cast("TTFFont", pdf.fonts[FONT.lower()]).cmap
    pdf.set_margins(22, 22)
    pdf.set_auto_page_break(auto=True, margin=22)
    pdf.add_page()
    _head(pdf, said)
    _lines(pdf, said)
    _terms(pdf, said)
    _evidence(pdf, acceptance)
    content = bytes(pdf.output())
    return content, sha256(content).hexdigest()


def in_font(text: str, has: Container[int]) -> tuple[str, bool]:
    """A text as the font can show it, and whether that is the text itself: what it lacks stands as "[U+738B]"."""
    spaced = "\n".join(text.splitlines()).expandtabs(4)
    shown = "".join(one if one == "\n" or ord(one) in has else f"[U+{ord(one):04X}]" for one in spaced)
    return shown, shown == spaced


class _Sheet(FPDF):
    """A page of A4 with plain paragraphs. `whole`: the font had every character so far."""

    has: Container[int] = ()
    whole = True

    def say(self, text: str, *, size: float = 10, bold: bool = False, grey: bool = False, gap: float = 2) -> None:
        """A paragraph."""
        colour = GREY if grey else BLACK
        self.set_font(FONT, "", size)
        self.set_text_color(*colour)
        self.set_draw_color(*colour)
        # Bold is the outline drawn as well: making a bold cut of the font would take seconds.
        mode = TextMode.FILL_STROKE if bold else TextMode.FILL
        shown, whole = in_font(text, self.has)
        self.whole = self.whole and whole
        with self.local_context(text_mode=mode, line_width=size * 0.008):
            self.multi_cell(0, size * 0.5, shown, align="L", **NEXT)  # type: ignore[arg-type]  # fpdf2's own enums
        self.ln(gap)


def _head(pdf: _Sheet, said: dict[str, Any]) -> None:
    sent, last = (day(date.fromisoformat(said[name])) for name in ("sent_on", "expires_on"))
    version = f", version {said['version']}" if said["version"] > 1 else ""
    pdf.say(said["practice"], size=12, bold=True, gap=6)
    pdf.say(f"Proposal {said['number']}{version}, {sent}. Open until {last}.", grey=True)
    pdf.say(said["title"], size=19, bold=True)
    pdf.say(f"For {said['client']}, to {said['to_name']} ({said['to_email']})", gap=5)
    if said["note"]:
        pdf.say(said["note"], gap=5)
    people = [f"{said[who]}, your {who}" for who in ("partner", "manager") if said[who]]
    if people:
        pdf.say("; ".join(people), grey=True, gap=5)


def _lines(pdf: _Sheet, said: dict[str, Any]) -> None:
    pdf.say("What we will do", size=13, bold=True, gap=3)
    for line in said["lines"]:
        fee = f"{written(line['fee'])} {Per(line['per']).words}"
        start = f", from {day(date.fromisoformat(line['starts_on']))}" if line["starts_on"] else ""
        pdf.say(f"{line['name']}: {fee}{start}", bold=True, gap=0.5 if line["description"] else 3)
        if line["description"]:
            pdf.say(line["description"], grey=True, gap=3)
    monthly = monthly_words((line["fee"], Per(line["per"])) for line in said["lines"])
    for label, (net, vat) in ((monthly, said["monthly"]), ("Once", said["once"])):
        if net:
            more = f" and {exactly(vat)} VAT, {exactly(net + vat)} in all" if vat else ""
            pdf.say(f"{label}: {exactly(net)}{more}", gap=1)
    pdf.ln(4)


def _terms(pdf: _Sheet, said: dict[str, Any]) -> None:
    if said["terms"]:
        pdf.say("Terms", size=13, bold=True, gap=3)
        pdf.say(said["terms"], gap=6)


def _evidence(pdf: _Sheet, acceptance: Acceptance) -> None:
    at = acceptance.at.astimezone(ZoneInfo("UTC"))
    pdf.say("Acceptance", size=13, bold=True, gap=3)
    pdf.say(f"Accepted by {acceptance.name} ({acceptance.email})")
    pdf.say(f"On {day(at.date())} at {at:%H:%M:%S} UTC")
    if acceptance.how == "link":
        pdf.say(f"By the link in the mail, from {acceptance.address or 'an unknown address'}")
        pdf.say(acceptance.user_agent, grey=True)
    else:
        pdf.say(f"Recorded at the practice: {acceptance.reason}")
    pdf.say(f"SHA-256 of the document accepted: {acceptance.content_hash}", size=8, grey=True)
    if not pdf.whole:
        pdf.say(ESCAPED, size=8, grey=True)
