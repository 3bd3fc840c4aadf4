"""Spreadsheets of clients: read whatever wrote them, and said line by line what is wrong."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from natrium.apps.clients.importing import dates
from natrium.apps.clients.importing.columns import guessed, kind_of
from natrium.apps.clients.importing.rows import asks_for_order, read_rows
from natrium.apps.clients.importing.table import MAX_ROWS, Table, read_table
from natrium.domain.errors import Refusal

UGLY = (
    "\ufeffClient Name;Type;Client Ref;Year end;Incorporation date;Assignee\r\n"
    "\r\n"
    '"Harbour\r\nLane Ltd";Ltd;H1;31/03;01/06/2026;mark reed\r\n'
    "Quarry Trust;Trust;Q7;31/04/2026;;\r\n"
    '=HYPERLINK("http://x.example");Ltd;F1;;;nobody here\r\n'
)
MEMBERS = {"mark reed": 7}


def read(text: str | bytes, *, day_first: bool = True, kind: str = "") -> list[list[tuple[str, str]]]:
    data = text.encode() if isinstance(text, str) else text
    table = read_table(data, name="a.csv")
    found = read_rows(table, guessed(table.header), day_first=day_first, members=MEMBERS, default_kind=kind)
    return [row.problems for row in found]


class TestReading:
    def test_an_excel_file_with_mark_semicolons_blank_lines_and_a_broken_quote(self) -> None:
        table = read_table(UGLY.encode(), name="a.csv")
        assert table.header == ("Client Name", "Type", "Client Ref", "Year end", "Incorporation date", "Assignee")
        assert [row[0] for row in table.rows] == ["Harbour Lane Ltd", "Quarry Trust", '=HYPERLINK("http://x.example")']
        assert table.lines == (3, 5, 6)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    @pytest.mark.parametrize("mark", [",", ";", "\t"])
    def test_any_encoding_and_any_mark_between_cells(self, encoding: str, mark: str) -> None:
        text = f"Name{mark}Ref\nCafé{mark}1\n"
        assert read_table(text.encode(encoding), name="a.csv").rows == (("Café", "1"),)

    def test_xlsx_with_dates_and_numbers(self) -> None:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for row in (
            ["Name", "Ref", "Incorporated"],
            ["Harbour", 17, date(2020, 6, 1)],
            [None, None, None],
            ["Quarry", 1.5],
        ):
            sheet.append(row)
        out = io.BytesIO()
        book.save(out)
        table = read_table(out.getvalue(), name="a.xlsx")
        assert table.rows == (("Harbour", "17", "2020-06-01"), ("Quarry", "1.5", ""))

    @pytest.mark.parametrize(
        "data",
        [b"", b"\n\n", b"Name\n", b"PK\x03\x04nonsense", b"Name,Ref\n" + b"a,b\n" * (MAX_ROWS + 1), b"x" * 2_000_001],
    )
    def test_what_is_no_table_is_refused_in_a_sentence(self, data: bytes) -> None:
        with pytest.raises(Refusal) as caught:
            read_table(data, name="clients.csv")
        assert caught.value.field == "file"

    def test_rows_shorter_and_longer_than_the_heading(self) -> None:
        assert read_table(b"Name,Ref\nA\nB,1,more\n", name="a.csv").rows == (("A", ""), ("B", "1"))


class TestColumns:
    def test_headings_are_recognised_as_people_write_them(self) -> None:
        header = ("Client Name", "E-mail", "VAT no.", "Y/E", "Favourite colour", "Name")
        assert guessed(header) == ("name", "email", "vat_number", "year_end", "", "")

    @pytest.mark.parametrize(
        ("word", "kind"), [("LTD", "limited_company"), ("Sole trader", "sole_trader"), ("CIO", "charity"), ("Shop", "")]
    )
    def test_kinds_are_recognised_as_people_write_them(self, word: str, kind: str) -> None:
        assert kind_of(word) == kind


class TestDates:
    @pytest.mark.parametrize(
        ("text", "day_first", "expected"),
        [
            ("01/06/2026", True, date(2026, 6, 1)),
            ("01/06/2026", False, date(2026, 1, 6)),
            ("1.6.26", True, date(2026, 6, 1)),
            ("2026-06-01", False, date(2026, 6, 1)),
            ("1 June 2026", True, date(2026, 6, 1)),
            ("June 1st, 2026", True, date(2026, 6, 1)),
            ("1-Jun-98", True, date(1998, 6, 1)),
        ],
    )
    def test_a_date_is_read_as_it_was_meant(self, text: str, day_first: bool, expected: date) -> None:  # noqa: FBT001
        assert dates.a_date(text, day_first=day_first) == expected

    @pytest.mark.parametrize(
        "text", ["31/04/2026", "soon", "32 June 2026", "1 Juno 2026", "June", "1 June", "13/13/2026"]
    )
    def test_what_is_no_date_is_no_date(self, text: str) -> None:
        with pytest.raises(ValueError):  # noqa: PT011 - which of the ways it is none does not matter
            dates.a_date(text, day_first=True)

    @pytest.mark.parametrize(
        ("text", "expected"), [("31/03", (3, 31)), ("31 March", (3, 31)), ("29 Feb", (2, 29)), ("31/12/2025", (12, 31))]
    )
    def test_a_year_end_needs_no_year(self, text: str, expected: tuple[int, int]) -> None:
        assert dates.a_year_end(text, day_first=True) == expected

    def test_the_order_is_asked_only_where_the_file_leaves_it_open(self) -> None:
        def order(*cells: str) -> bool | None:
            return asks_for_order(Table(("Y/E",), tuple((cell,) for cell in cells), ()), ("year_end",))

        assert order("31/03/2026", "30 June") is True
        assert order("01/06/2026") is None
        assert order("01/06/2026", "31/03/2026") is True
        assert order("01/06/2026", "03/31/2026") is False
        assert order("01/06/2026", "03/31/2026", "31/03/2026") is None
        assert order("01/01/2026") is True
        assert order("01/06/2026", "31/04/2026") is None


class TestRows:
    def test_every_fault_is_said_with_its_column(self) -> None:
        good, bad_date, formula = read(UGLY)
        assert good == []
        assert bad_date == [("year_end", "“31/04/2026” is no day of the year.")]
        assert formula == [("manager", "Nobody in the practice is called “nobody here”.")]

    def test_kinds_names_numbers_and_twins(self) -> None:
        text = "Name,Kind,Ref,UTR,Company no\nA,shop,1,,\n,Ltd,2,,\nC,Ltd,3,123,\nD,individual,4,,8114236\nE,Ltd,3,,\n"
        problems = [[column for column, _ in row] for row in read(text)]
        assert problems == [["kind"], ["name"], ["utr"], ["company_number"], ["reference"]]

    def test_an_address_that_is_none_and_a_number_cut_short_are_said(self) -> None:
        rows = read("Name,Kind,E-mail,Company no\nA,Ltd,not-an-email,12\nB,Ltd,b@b.example,8114236\nC,Ltd,,114236\n")
        assert [[column for column, _ in row] for row in rows] == [["company_number", "email"], [], []]
        assert rows[0][1][1] == "“not-an-email” is not an e-mail address."
        assert rows[0][0][1].startswith("A company number has eight digits")

    def test_a_kind_for_rows_that_say_none(self) -> None:
        assert [column for column, _ in read("Name\nA\n")[0]] == ["kind"]
        assert read("Name\nA\n", kind="trust")[0] == []

    def test_the_last_day_of_february_is_kept_as_the_last_day(self) -> None:
        table = read_table(b"Name,Y/E,Kind\nA,29 Feb,Ltd\nB,28 Feb,Ltd\nC,30/06,Ltd\nD,5 April,Ltd\n", name="a")
        rows = read_rows(table, guessed(table.header), day_first=True, members={}, default_kind="")
        ends = [(r.values["year_end_month"], r.values["year_end_day"], r.values["year_end_is_last_day"]) for r in rows]
        assert ends == [(2, 28, True), (2, 28, True), (6, 30, True), (4, 5, False)]
