"""The map from bookmark to figure, in one custom XML part of the document, sealed with this installation's key."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from cryptography.hazmat.primitives import hashes, hmac
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from anju.kernel.database.home import home_dir, installation_secret
from anju.kernel.errors import AnjuError
from anju.kernel.reports.built import Built, PlacedFigure, Run

NAMESPACE = "urn:anju:report-evidence:1"
# Not item1.xml: the default template of python-docx owns that name, and a second one would be a damaged file.
PART, PROPERTIES = "/customXml/anjuEvidence.xml", "/customXml/anjuEvidenceProps.xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_PROPERTIES_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_STORE_ID = "{5A1B7E0C-9F04-4C1E-8B7B-16A0D4E0A9C2}"
MAX_PART_BYTES = 8_000_000
_FIGURE_FIELDS = tuple(field.name for field in fields(PlacedFigure))


@dataclass(frozen=True, slots=True)
class EvidenceMap:
    """What the part says. `digest`: SM3 of everything but itself and the seal; `seal`: HMAC-SM3 of the digest, with this place's key."""

    template: str
    period: str
    region: str
    bureau_id: int | None
    snapshot: str
    frozen: int | None
    figures: tuple[PlacedFigure, ...]
    paragraphs: tuple[tuple[Run, ...], ...]
    digest: str
    seal: str

    @property
    def sealed_here(self) -> bool:
        """True when this installation wrote the map and nobody has touched it since."""
        return self.seal == seal(self.digest)


def evidence_xml(built: Built) -> bytes:
    """The part of a built report, canonical (the same report gives the same bytes)."""
    root = _tree(built)
    digest = content_digest(root)
    root.set("digest", digest)
    root.set("seal", seal(digest))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def map_digest(built: Built) -> str:
    """The digest of a report's map but for the number it gets by being frozen."""
    return content_digest(_tree(replace(built, frozen=None)))


def _tree(built: Built) -> etree._Element:
    root = etree.Element(f"{{{NAMESPACE}}}evidence", nsmap={None: NAMESPACE})
    for name, value in (
        ("template", f"{built.template}@{built.template_version}"),
        ("period", built.period),
        ("region", built.region),
        ("bureau", _text(built.bureau_id)),
        ("snapshot", built.snapshot),
        ("frozen", _text(built.frozen)),
    ):
        root.set(name, value)
    figures = etree.SubElement(root, f"{{{NAMESPACE}}}figures")
    for figure in built.figures:
        element = etree.SubElement(figures, f"{{{NAMESPACE}}}figure")
        for name in _FIGURE_FIELDS:
            element.set(name, _text(getattr(figure, name)))
    text = etree.SubElement(root, f"{{{NAMESPACE}}}text")
    for block in built.blocks:
        paragraph = etree.SubElement(text, f"{{{NAMESPACE}}}p")
        for run in block.runs:
            words = etree.SubElement(paragraph, f"{{{NAMESPACE}}}r")
            words.text = run.text
            if run.figure:
                words.set("figure", run.figure)
    return root


def content_digest(root: etree._Element) -> str:
    """SM3 (hex) of the map without its digest and seal, over fields in a fixed order, so that re-indented XML keeps its digest."""
    digest = hashes.Hash(hashes.SM3())

    def add(*values: str) -> None:
        for value in values:
            data = value.encode()
            digest.update(len(data).to_bytes(4, "big") + data)

    add(*(root.get(name, "") for name in ("template", "period", "region", "bureau", "snapshot", "frozen")))
    for element in root.iter(f"{{{NAMESPACE}}}figure"):
        add("figure", *(element.get(name, "") for name in _FIGURE_FIELDS))
    for element in root.iter(f"{{{NAMESPACE}}}p"):
        add("p", *(part for run in _runs(element) for part in (run.figure, run.text)))
    return digest.finalize().hex()


def seal(digest: str) -> str:
    """HMAC-SM3 (hex) of a digest with the key of this installation."""
    mac = hmac.HMAC(installation_secret(home_dir(), "reports").encode(), hashes.SM3())
    mac.update(digest.encode())
    return mac.finalize().hex()


def attach(document: Document, built: Built) -> None:
    """Put the part into the document, with the properties part that keeps office programs from dropping it."""
    package = document.part.package
    part = Part(PackURI(PART), "application/xml", evidence_xml(built), package)
    store = etree.Element(f"{{{_STORE}}}datastoreItem", nsmap={"ds": _STORE})
    store.set(f"{{{_STORE}}}itemID", _STORE_ID)
    references = etree.SubElement(store, f"{{{_STORE}}}schemaRefs")
    etree.SubElement(references, f"{{{_STORE}}}schemaRef").set(f"{{{_STORE}}}uri", NAMESPACE)
    described = etree.tostring(store, xml_declaration=True, encoding="UTF-8", standalone=False)
    part.relate_to(Part(PackURI(PROPERTIES), _PROPERTIES_TYPE, described, package), _PROPERTIES_RELATION)
    document.part.relate_to(part, _RELATION)


def read_map(xml: bytes) -> tuple[EvidenceMap, bool] | None:
    """The map in a custom XML part and whether its digest still fits; None when the part is something else.

    Raises AnjuError `reports.verify.damaged_map` when the part is ours but cannot be read.
    """
    if len(xml) > MAX_PART_BYTES or NAMESPACE.encode() not in xml:
        return None
    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
        if root.tag != f"{{{NAMESPACE}}}evidence":
            return None
        found = EvidenceMap(
            template=root.get("template", ""),
            period=root.get("period", ""),
            region=root.get("region", ""),
            bureau_id=_number(root.get("bureau", "")),
            snapshot=root.get("snapshot", ""),
            frozen=_number(root.get("frozen", "")),
            figures=tuple(_figure(element) for element in root.iter(f"{{{NAMESPACE}}}figure")),
            paragraphs=tuple(_runs(element) for element in root.iter(f"{{{NAMESPACE}}}p")),
            digest=root.get("digest", ""),
            seal=root.get("seal", ""),
        )
    except (etree.XMLSyntaxError, ValueError) as error:
        raise AnjuError.of(
            "reports.verify.damaged_map", "文件里的数据对照表已损坏，无法读取。", advice="请用系统重新导出这份报告。"
        ) from error
    return found, content_digest(root) == found.digest


def _runs(paragraph: etree._Element) -> tuple[Run, ...]:
    return tuple(Run(run.text or "", run.get("figure", "")) for run in paragraph.iter(f"{{{NAMESPACE}}}r"))


def _figure(element: etree._Element) -> PlacedFigure:
    values = {name: element.get(name, "") for name in _FIGURE_FIELDS}
    return PlacedFigure(**{**values, "rows": int(values["rows"] or 0), "bureau_id": _number(values["bureau_id"])})


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _number(text: str) -> int | None:
    return int(text) if text else None
