"""What no database keeps is refused where it is read: in a title's pattern, in the name of another date."""

from __future__ import annotations

import pytest

from natrium.domain.errors import Code, Refusal
from natrium.domain.recurrence import codec, titles
from natrium.domain.recurrence.schedules import SCHEDULES

VAT = next(codec.to_dict(one) for one in SCHEDULES if one.service == "VAT Return")


@pytest.mark.parametrize("character", ["\0", "\ud800"])
def test_a_title_and_a_label_have_only_what_can_be_kept(character: str) -> None:
    with pytest.raises(Refusal) as of_title:
        titles.check_pattern(f"Books{character}")
    with pytest.raises(Refusal) as of_label:
        codec.from_dict(VAT | {"milestones": [{"label": f"Pay{character}", "rule": "hmrc.vat.return"}]})
    told = [(no.value.code, no.value.field) for no in (of_title, of_label)]
    assert told == [(Code.BAD_VALUE, "title_pattern"), (Code.BAD_VALUE, "milestones")]
