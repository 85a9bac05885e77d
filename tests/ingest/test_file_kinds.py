"""Files that are no workbook are named for what they are, on one line, with a way that works."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from pipeline.ingest import read
from pipeline.ingest.read import OLE_MAGIC, entry, kind_of
from pipeline.model.errors import PipelineError


def zipped(*names: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name in names:
            package.writestr(name, "")
    return made.getvalue()


def old_file(stream: str) -> bytes:
    return OLE_MAGIC + bytes(504) + stream.encode("utf-16-le") + bytes(3000)


SIGN_IN = b"<!DOCTYPE html><html><title>Sign in to your account</title><form><input type=password></form></html>"
SPREADSHEET_2003 = (
    b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("log.xlsx", old_file("EncryptedPackage"), "is protected by a password"),
        ("log.xlsx", old_file("DRMEncryptedTransform") + old_file("EncryptedPackage"), "a sensitivity label"),
        ("log.xls", old_file("WordDocument"), "is a Word 97-2003 document"),
        ("log.xlsx", old_file("__substg1.0_0037"), "is an e-mail message of Outlook"),
        ("log.xlsx", zipped("[Content_Types].xml", "word/document.xml"), "is a Word document"),
        ("log.xlsx", zipped("Index/Document.iwa"), "is a file of Apple Numbers"),
        ("log.xlsx", zipped("log/log.xlsx"), "is a zip folder"),
        ("log.xlsx", zipped("[Content_Types].xml", "xl/other.xml"), "is not an Excel workbook"),
        ("log.xlsx", b"%PDF-1.7\n", "is a PDF"),
        ("log.xlsx", b"L\0\0\0\x01\x14\x02\0\0\0\0\0", "is a shortcut of Windows"),
        ("log.xlsx", b"[InternetShortcut]\r\nURL=https://quay.example/\r\n", "is a link to a web page"),
        ("log.xls", SPREADSHEET_2003, "is saved as 'XML Spreadsheet 2003'"),
        ("log.xls", b"MIME-Version: 1.0\nContent-Type: multipart/related;\n", "is a web page in one file"),
        ("log.xlsx", SIGN_IN, "is the page on which one signs in"),
        ("log.csv", b"<html><body>Gone</body></html>", "is a web page without a table"),
        ("log.xlsx", b'{"url": "https://docs.google.com/open?id=1"}', "is a link to Google Sheets"),
        ("log.xlsx", b"{\\rtf1 Words}", "is a Rich Text document"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_workbook_is_named(
    name: str, data: bytes, said: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(PipelineError, match=said) as raised:
        read.workbook_at(path)
    assert "\n" not in f"{raised.value.message}{raised.value.remedy}"
    assert raised.value.remedy.endswith(".")


def test_a_workbook_in_which_a_document_is_embedded_is_a_workbook() -> None:
    assert kind_of(old_file("WordDocument") + entry("Workbook"), ".xls") == "xls"
    assert (
        kind_of(old_file("WordDocument") + "Workbook of 2019".encode("utf-16-le"), ".xls") == "doc"
    )


def test_a_text_that_begins_as_a_zip_file_does_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("PK,Date,Title\n1,1/2/27,Tides\n", encoding="utf-8")
    assert read.workbook_at(path).sheets[0].rows[0].cells[1].words == "PK"


def test_a_csv_that_begins_with_a_tag_is_read(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("<p>Date</p>,Title,Action\n1/2/27,<b>Tides</b>,Send it.\n", encoding="utf-8")
    (sheet,) = read.workbook_at(path).sheets
    assert [cell.words for cell in sheet.rows[0].cells.values()] == ["Date", "Title", "Action"]
