"""Nothing changes unseen: what comes of workbooks today stands in tests/goldens, to be read in a diff.

`make goldens` renews them. What is a machine's own (fonts, lines, pages, paths, the day) is in none, and no
module of the pipeline is named here: workbooks go in, and the `papers` command's files and words come out.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from tests import tags, typed

GOLDENS = Path(__file__).parents[1] / "goldens"
TRACKERS = sorted((GOLDENS / "trackers").glob("*.txt"))
INPUTS = Path(__file__).parents[2] / "inputs"
SAMPLES = {
    f"{style}/{workbook.stem}": (style, workbook)
    for style in ("wexmouth", "aldermere")
    for workbook in sorted(INPUTS.glob("*.xlsx"))
}
BEGINS = "=== "  # a tracker, with what it shows
OUTCOME = "---"  # after it
HASH = re.compile(r"(?<=records )[0-9a-f]{12}|(?<=sha256-)[\w+/=]+|(?<=sha256\": \")[0-9a-f]{64}")
SCRIPT = re.compile(r"(<script[^>]*>).*?(</script>)", re.DOTALL)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OPENED = {f"{W}{name}" for name in ("document", "body", "tbl", "tr", "tc", "p", "hyperlink")}
NAMESPACE = re.compile(r' xmlns:\w+="[^"]*"')


def hold(path: Path, made: str, *, renew: bool) -> None:
    """Compare what was made with the golden; or renew it."""
    if renew:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made, encoding="utf-8", newline="\n")
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    if made != kept:
        name = path.relative_to(GOLDENS).as_posix()
        changed = unified_diff(
            kept.split("\n"), made.split("\n"), f"{name} (golden)", f"{name} (made)", "", "", 12, ""
        )
        pytest.fail("\n".join([*changed, "If that is meant: make goldens"]), pytrace=False)


# Trackers of many layouts


@pytest.mark.parametrize("path", TRACKERS, ids=lambda path: path.stem)
def test_trackers_give_what_they_gave(path: Path, tmp_path: Path, renew: bool) -> None:
    said, *trackers = path.read_text(encoding="utf-8").split(f"\n{BEGINS}")
    made = [said.rstrip("\n")]
    for number, tracker in enumerate(trackers):
        name, _, rest = tracker.partition("\n")
        table = rest.split(f"\n{OUTCOME}\n")[0].rstrip("\n")
        folder = tmp_path / str(number)
        folder.mkdir()
        typed.write(table, folder / "tracker.xlsx")
        found = typed.outcome(folder / "tracker.xlsx", folder / "out", *typed.options(table))
        made.append("\n".join([f"{BEGINS}{name}", table, OUTCOME, *typed.lines(found)]))
    hold(path, "\n\n".join(made) + "\n", renew=renew)


# The samples in every form


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    style, workbook = SAMPLES[request.param]
    return Sample(request.param, style, workbook, tmp_path_factory.mktemp("sample"))


class Sample:
    """A sample workbook's paper in a style: its golden folder, and its editions by kind."""

    def __init__(self, name: str, style: str, workbook: Path, output: Path) -> None:
        self.golden = GOLDENS / name
        self.workbook = workbook
        self.given = ["--style", style, "--today", typed.TODAY]
        made = typed.papers(
            "build", str(workbook), "--output", str(output), *self.given,
            "--to", "docx,pdf,html,json", "--quiet",
        )  # fmt: skip
        assert made.exit_code == 0, made.output
        self.editions = {path.suffix[1:]: path for path in output.rglob("*.*")}
        self.page: Any = html.document_fromstring(self.editions["html"].read_bytes())

    def text(self, kind: str) -> str:
        """A text edition, without the hashes of what it was made from."""
        return HASH.sub("…", self.editions[kind].read_text(encoding="utf-8"))


def test_sample_records(sample: Sample, renew: bool) -> None:
    hold(sample.golden / "records.json", sample.text("json"), renew=renew)


def test_sample_findings(
    sample: Sample, renew: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)  # so that no path is said
    (tmp_path / sample.workbook.name).write_bytes(sample.workbook.read_bytes())
    said = typed.papers("check", sample.workbook.name, *sample.given)
    hold(sample.golden / "findings.txt", said.output, renew=renew)


def test_sample_outline(sample: Sample, renew: bool) -> None:
    hold(sample.golden / "outline.txt", "\n".join(outline(sample.page)) + "\n", renew=renew)


def test_sample_tags(sample: Sample, renew: bool) -> None:
    """The words are the outline's, which tells where a space was lost at a line's end."""
    read = tags.tagged(sample.editions["pdf"].read_bytes())
    words = Words(outline(sample.page))
    made = [f"Lang {read.pdf.Root.Lang}", f"Title {read.pdf.docinfo.Title}"]
    made += tag_lines(read.document, words, "")
    assert words.rest() == ""
    hold(sample.golden / "tags.txt", "\n".join(made) + "\n", renew=renew)


def test_sample_docx(sample: Sample, renew: bool) -> None:
    with zipfile.ZipFile(sample.editions["docx"]) as parts:
        document = etree.fromstring(parts.read("word/document.xml"))
    hold(sample.golden / "document.xml", "\n".join(element(document, "")) + "\n", renew=renew)


def test_sample_page(sample: Sample, renew: bool) -> None:
    """Without its scripts: one is the records, the other templates/edition.js as it is."""
    hold(sample.golden / "page.html", SCRIPT.sub(r"\1…\2", sample.text("html")), renew=renew)


def test_every_golden_is_made() -> None:
    """A golden without a source would stay as it is for ever."""
    kinds = ("records.json", "findings.txt", "outline.txt", "tags.txt", "document.xml", "page.html")
    made = {GOLDENS / name / kind for name in SAMPLES for kind in kinds}
    made |= {GOLDENS / "README.md", *TRACKERS}
    assert {path for path in GOLDENS.rglob("*") if path.is_file()} == made


# What an edition says


def outline(page: Any) -> Iterator[str]:
    """The words of a page in order: a line a heading, paragraph or list item, the cells between bars."""
    (main,) = page.xpath("//main")
    for block in main.xpath("h1 | h2 | p | ul | div/table"):
        if block.tag == "table":
            yield "| " + " | ".join(words(cell) for cell in block.xpath("thead//th"))
            for row in block.xpath("tbody/tr"):
                yield "|-"
                for cell in row:
                    yield "|"
                    yield from flow_lines(cell)
        elif block.tag == "ul":
            yield from flow_lines(block)
        else:
            yield (
                f"{'#' * int(block.tag[1])} {words(block)}" if block.tag[0] == "h" else words(block)
            )


def flow_lines(block: Any) -> Iterator[str]:
    """The lines of a cell or of a list."""
    if block.tag in {"ul", "ol"}:
        suffix = ")" if block.get("class") == "bracket" else "."
        for number, item in enumerate(block, int(block.get("start", 1))):
            yield f"{'•' if block.tag == 'ul' else f'{number}{suffix}'} {words(item)}"
    elif block.xpath("p | ul | ol"):
        for inner in block.xpath("p | ul | ol"):
            yield from flow_lines(inner)
    else:
        yield words(block)


def words(block: Any) -> str:
    """An element's words; a row's link to itself is the page's own."""
    return "".join(block.xpath(".//text()[not(ancestor::a[@class='self'])]")).strip()


class Words:
    """An outline's words, taken letter by letter with the spaces between them."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.text = "\n".join(re.sub(r"^(#+ |\|-?$|\| )", "", line) for line in lines)

    def take(self, letters: str) -> str:
        """The next words, which must have these letters."""
        pattern = r"\s*".join(re.escape(letter) for letter in letters if not letter.isspace())
        found = re.match(rf"[\s|]*({pattern})", self.text)
        assert found, f"{letters!r} is not what comes next: {self.text[:80]!r}"
        self.text = self.text[found.end() :]
        return found[1]

    def rest(self) -> str:
        """What was not taken."""
        return self.text.strip()


def tag_lines(tag: tags.Tag, words: Words, indent: str) -> Iterator[str]:
    """A tag a line with its attributes, its words, and what is in it below."""
    said = [tag.name, *attributes(tag.obj), *(link_words(link) for link in tag.links[:1])]
    yield indent + " ".join(said)
    letters = ""
    for kid in [*tag.kids, None]:
        if isinstance(kid, str):
            letters += kid
            continue
        if letters.strip():
            yield f"{indent}  “{words.take(letters)}”"
        letters = ""
        if kid is not None:
            yield from tag_lines(kid, words, f"{indent}  ")


def attributes(obj: Any) -> Iterator[str]:
    """What a tag says of itself."""
    for name in ("/Lang", "/ID", "/Alt", "/ActualText"):
        if name in obj:
            yield f"{name[1:]}={obj[name]}"
    for name, value in obj.get("/A", {}).items():
        if name != "/O":
            yield f"{name[1:]}={value}"


def link_words(link: Any) -> str:
    """Where a link leads, and what is said of it."""
    return f"URI={link.A.URI} Contents={link.Contents}"


def element(node: etree._Element, indent: str) -> Iterator[str]:
    """An element of a DOCX: blocks, rows, cells and paragraphs are opened, all else is on one line."""
    if node.tag not in OPENED:
        yield indent + NAMESPACE.sub("", etree.tostring(node, encoding="unicode", with_tail=False))
        return
    said = "".join(f" {name}" for name in map(attribute, node.attrib.items()))
    name = f"w:{node.tag.removeprefix(W)}"
    yield f"{indent}<{name}{said}>"
    for kid in node:
        yield from element(kid, f"{indent} ")
    yield f"{indent}</{name}>"


def attribute(given: tuple[Any, Any]) -> str:
    """An attribute as it is written."""
    name, value = map(str, given)
    return f'{"w:" if name.startswith(W) else ""}{name.split("}")[-1]}="{value}"'


def test_goldens_are_plain_text() -> None:
    """None holds a path of a machine, or the whole of a hash."""
    for path in GOLDENS.rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b[0-9a-f]{64}\b|/tmp/|/home/|[A-Z]:\\\\", text), path
        if path.suffix == ".json":
            json.loads(text)
