"""What makes the PDF an archive's: PDF/A-3a beside PDF/UA-1, with the paper's records in it as data."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pydyf
from weasyprint import Attachment
from weasyprint.css import ColorProfile
from weasyprint.pdf.metadata import DocumentMetadata

if TYPE_CHECKING:
    from pipeline.model.document import Paper


VARIANT = "pdf/a-3a"
PROFILE = "sRGB2014.icc"
_RECORDS = "records.json"
# PDF/A allows only the metadata that it knows or that a file explains (ISO 19005-3, 6.6.2.3.3).
_ACCESSIBLE = b"""
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


class _Metadata(DocumentMetadata):  # type: ignore[misc]  # WeasyPrint and pydyf ship no types
    """WeasyPrint's metadata of a PDF/A file, which say too that the file is PDF/UA-1."""

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
        said: bytes = super().generate_rdf_metadata(variant, version, conformance)
        before, end, after = said.rpartition(b"</rdf:RDF>")
        return before + _ACCESSIBLE + end + after


class _Once(pydyf.Object):  # type: ignore[misc]
    """An object as it is written: pydyf asks for its bytes twice, the second time to name the file."""

    def __init__(self, written: Any) -> None:
        super().__init__()
        self.number, self.generation, self.free = written.number, written.generation, written.free
        self.bytes = written.data
        self.is_compressible = written.compressible

    @property
    def data(self) -> bytes:
        return self.bytes  # type: ignore[no-any-return]

    @property
    def compressible(self) -> bool:
        return self.is_compressible  # type: ignore[no-any-return]


def archived(document: Any, paper: Paper) -> bytes:
    """A drawn document's PDF, with the paper's records."""
    document.metadata = _Metadata(**vars(document.metadata))
    document.color_profiles[document.output_intent] = _screen_colours()
    data = document.write_pdf(
        pdf_variant=VARIANT,
        output_intent="given",  # or WeasyPrint opens the profile's file, and leaves it open
        attachments=_attachments(paper, document.url_fetcher),
        finisher=_finish,
    )
    assert isinstance(data, bytes)
    return data


def _screen_colours() -> ColorProfile:
    """What a paper's colours mean, which an archive needs with them: sRGB."""
    profile = files("weasyprint.pdf") / PROFILE
    return ColorProfile(
        BytesIO(profile.read_bytes()), PROFILE, "relative-colorimetric", (["r"], ["g"], ["b"])
    )


def _attachments(paper: Paper, fetcher: Any) -> list[Attachment]:
    """The paper's records as a file in the PDF, if it has any."""
    if not paper.records:
        return []
    saved = datetime.fromisoformat(paper.modified).astimezone(UTC)
    return [
        Attachment(
            string=paper.records,
            name=_RECORDS,
            description=paper.title,
            created=saved,
            modified=saved,
            relationship="Data",
            url_fetcher=fetcher,
        )
    ]


def _finish(document: Any, pdf: Any) -> None:  # noqa: ARG001
    """The last touch to a PDF before it is written."""
    if "AF" in pdf.catalog:
        # WeasyPrint lists each file twice.
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    pdf.objects[1:] = map(_Once, pdf.objects[1:])
