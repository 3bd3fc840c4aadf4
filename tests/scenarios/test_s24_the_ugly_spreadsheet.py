"""S24. The ugly spreadsheet."""

import csv
import io
import re
from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from natrium.apps.clients import queries
from natrium.apps.clients.importing.columns import FIELDS
from tests.scenarios.acorn import Acorn
from tests.scenarios.conftest import SignsIn

# From Excel: a mark, semicolons, a blank line, a quoted line break, a day there is not, a day that may be two, an
# assignee nobody knows, an id twice, a formula.
FILE = (
    "\ufeffClient Name;Type;External ID;Incorporation date;Assignee\r\n"
    "\r\n"
    '"Harbour\r\nLane Ltd";Ltd;H1;01/06/2026;Mark Reed\r\n'
    "Quarry Ltd;Ltd;Q7;31/04/2026;Mark Reed\r\n"
    "Foss Ltd;Ltd;F1;;Nobody Here\r\n"
    "Harbour Again Ltd;Ltd;H1;;\r\n"
    '=HYPERLINK("http://x.example");Ltd;X1;;Mark Reed\r\n'
)


def names(acorn: Acorn) -> set[str]:
    return {line.name for line in queries.clients(practice_id=acorn.cast.acorn.pk).clients}


def carried(page: str) -> dict[str, str]:
    """What the preview's form carries: the table, and the columns as they were matched."""
    table = re.search(r'<textarea name="table" hidden>(.*?)</textarea>', page, re.DOTALL)
    assert table is not None
    chosen = re.findall(r'name="(column-\d+)">.*?</select>', page, re.DOTALL)
    matched = re.findall(r'name="column-\d+">(.*?)</select>', page, re.DOTALL)
    values = [(re.findall(r'value="(\w*)" selected', options) or [""])[0] for options in matched]
    return {"table": unescape(table[1]), **dict(zip(chosen, values, strict=True))}


def send(browser: Client, **form: str) -> str:
    return browser.post("/clients/import/", form).content.decode()


def test_the_ugly_spreadsheet(acorn: Acorn, signs_in: SignsIn) -> None:
    browser, before = signs_in(acorn.cast.mark), names(acorn)
    first = browser.post("/clients/import/", {"file": SimpleUploadedFile("a.csv", FILE.encode())}).content.decode()

    # The page says which columns it knows, and gives a file that has them.
    page = browser.get("/clients/import/").content.decode()
    assert all(words in page for words in FIELDS.values())
    assert 'href="/clients/export/"' in page

    # The dry run says what each row does, and asks about dates once.
    assert "2 new" in first
    assert "3 cannot be imported" in first
    for words in ("“31/04/2026” is no date", "Nobody in the practice is called “Nobody Here”", "same reference"):
        assert words in first
    assert first.count("How are dates such as 01/06/2026 meant?") == 1
    assert names(acorn) == before

    # With bad rows among them nothing is imported unless it is said that the good ones should be.
    form = carried(first) | {"dates": "day"}
    assert form["column-0"] == "name"
    assert form["column-4"] == "manager"
    refused = send(browser, **form, sure="1")
    assert "3 of the rows cannot be imported" in refused
    assert names(acorn) == before

    # The error file holds only the bad rows, with reasons, and no formula.
    text = browser.post("/clients/import/faults/", form).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[0] for row in rows[1:]] == ["Quarry Ltd", "Foss Ltd", "Harbour Again Ltd"]
    assert all(row[-1] for row in rows[1:])

    done = browser.post("/clients/import/", form | {"good_only": "1", "sure": "1"})
    said = re.fullmatch(r"/clients/\?imported=2\.0\.3\.([0-9a-f]{32})", done["Location"])
    assert said is not None
    # It says how many and leads to what came in, and to nothing else.
    assert f'href="/clients/?batch={said[1]}">Show what came in' in browser.get(done["Location"]).content.decode()
    came = unescape(browser.get(f"/clients/?batch={said[1]}").content.decode())
    assert "2 clients made or changed by the import." in came
    listed = set(re.findall(r'<a class="name title" href="/clients/\d+/">([^<]*)</a>', came))
    assert {" ".join(one.split()) for one in listed} == {"Harbour Lane Ltd", '=HYPERLINK("http://x.example")'}
    assert names(acorn) - before == {"Harbour Lane Ltd", '=HYPERLINK("http://x.example")'}
    made = next(line for line in queries.clients(practice_id=acorn.cast.acorn.pk, search="Harbour").clients)
    facts = queries.facts(practice_id=acorn.cast.acorn.pk, client_id=made.id)
    assert [fact.value for fact in facts] == ["2026-06-01"]
    assert made.manager == "Mark Reed"

    # The same file again makes nothing; and what was a formula goes out as text.
    again = send(browser, **form, good_only="1", sure="0")
    assert "0 new" in again
    assert "2 as they are" in again
    out = browser.get("/clients/export/").content.decode("utf-8-sig")
    assert "'=HYPERLINK" in out
