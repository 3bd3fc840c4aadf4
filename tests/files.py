"""Files for tests: the smallest that are what they say, and some that are not."""

import io
import struct
import zipfile

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<<>>\nstartxref\n0\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + b"\0\0\0\1\0\0\0\1\x08\2\0\0\0" + b"\x90wS\xde"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xd9"
GIF = b"GIF89a\1\0\1\0\0\0\0;"
WEBP = b"RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0\x30\1\0\x9d\1\x2a"
TIFF = b"II*\0\x08\0\0\0\0\0"
TIFF_OTHER = b"MM\0*\0\0\0\x08\0\0"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
EXE = b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" + b"\0" * 100 + b"This program cannot be run in DOS mode."
ELF = b"\x7fELF\2\1\1\0" + b"\0" * 60
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"\xef\xbb\xbf\n <!DOCTYPE html><script>alert(1)</script>"
SCRIPT = b"#!/bin/sh\nrm -rf /\n"
CSV = "Date;Payee;Amount\r\n01/06/2026;Café Noir;£12.00\r\n".encode()
CSV_OLD = CSV.decode().encode("cp1252")
CSV_WIDE = "Date\tAmount\r\n".encode("utf-16")
EML = b"From: a@b.example\r\nTo: c@d.example\r\nSubject: Hello\r\n\r\nHello\r\n"
OFX = b'<?xml version="1.0"?><?OFX OFXHEADER="200"?><OFX></OFX>'
QIF = b"!Type:Bank\nD01/06/2026\nT-12.00\n^\n"
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"


def zipped(*names: str, first: bytes = b"") -> bytes:
    """An archive with files of these names; `first` is what a file `mimetype` before them says."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def ole(stream: str) -> bytes:
    """What an old Office file with such a stream looks like from far away."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le") + b"\0" * 200


DOCX = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")
XLSX = zipped("[Content_Types].xml", "xl/workbook.xml")
PPTX = zipped("[Content_Types].xml", "ppt/presentation.xml")
XLSM = zipped("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin")
ODT = zipped("content.xml", first=b"application/vnd.oasis.opendocument.text")
ODS = zipped("content.xml", first=b"application/vnd.oasis.opendocument.spreadsheet")
JAR = zipped("META-INF/MANIFEST.MF", "A.class")

# What is called so, and is so.
GOOD: dict[str, bytes] = {
    "a.pdf": PDF, "a.png": PNG, "a.jpg": JPEG, "a.jpeg": JPEG, "a.gif": GIF, "a.webp": WEBP, "a.tif": TIFF,
    "a.tiff": TIFF_OTHER, "a.heic": HEIC, "a.docx": DOCX, "a.xlsx": XLSX, "a.pptx": PPTX, "a.odt": ODT, "a.ods": ODS,
    "a.doc": ole("WordDocument"), "a.xls": ole("Workbook"), "a.ppt": ole("PowerPoint Document"),
    "a.msg": ole("__nameid_version1.0"), "a.eml": EML, "a.csv": CSV, "a.txt": b"I I am text, MZ and BM", "a.ofx": OFX,
    "a.qif": QIF,
}  # fmt: skip
