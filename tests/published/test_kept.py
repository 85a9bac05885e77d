"""A published paper stays as it is; what is not for publication lies apart; the last lines fit."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from pipeline.council.clerk import Decisions
from pipeline.published import readback
from pipeline.published.folder import NOT_PUBLISHED, SUMS_NAME
from pipeline.published.kept import Archive
from pipeline.published.verify import edition_at
from tests.conftest import HEADINGS, TITLES
from tests.engines import BY_TYPST_FIRST
from tests.reading import letters
from tests.whole.test_commands import GOOD, OPEN, Make, assert_refused, files, make, papers

__all__ = ["make"]  # the fixture
FOLDER = "harbour-scrutiny-panel/2027-03-28"
STEM = f"{FOLDER}/harbour-scrutiny-panel-scrutiny-monitoring-2027-03-28"
TIDES = ["Tides Board", "Monitoring – 28 March 2027"]
BETTER = GOOD.replace("They were sent", "They were sent twice")
TODAY = ("--today", "1/3/2027")
BUILD = ("build", "--to", "html", *TODAY)
OPENED = "1/2/27 | Quays | That the quay is mended. | Work began. | In progress"
REPLACE = ("--replace", "--reason", "The berths were left out")


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files(folder)}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def published(path: Path, out: Path) -> dict[str, bytes]:
    """Every file of the output folder once the paper is published."""
    result = papers(*BUILD, path, "--output", out, "--final")
    assert result.exit_code == 0, result.output
    return contents(out)


def test_a_draft_leaves_a_published_paper_alone_and_says_so(make: Make, out: Path) -> None:
    before = published(make(GOOD), out)
    path = make(BETTER, OPEN)
    result = papers(*BUILD, path, "--output", out)
    assert (result.exit_code, contents(out)) == (0, before)
    assert "  NOT READY. Missing: 1 update" in result.output.splitlines()
    assert result.output.splitlines()[-1] == (
        f"Left as published: {out / STEM}. To make it again: "
        f'papers build --final --replace --reason "…" --output {out} --to html {path}'
    )
    assert "Made" not in result.output


def test_a_draft_is_not_kept_from_being_made_again(make: Make, out: Path) -> None:
    papers(*BUILD, make(GOOD), "--output", out, "--to", "html,json")
    before = contents(out)
    assert papers(*BUILD, make(BETTER), "--output", out, "--to", "html,json").exit_code == 0
    assert files(out) == list(before)
    assert all(data != before[name] for name, data in contents(out).items())


def test_the_same_records_are_published_again(make: Make, out: Path) -> None:
    path = make(GOOD)
    before = published(path, out)
    assert published(path, out) == before


def test_other_records_are_published_only_when_told_so(make: Make, out: Path) -> None:
    before = published(make(GOOD), out)
    path = make(BETTER)
    result = papers(*BUILD, path, "--output", out, "--final")
    assert_refused(
        result, f'papers build --final --replace --reason "…" --output {out} --to html {path}'
    )
    assert contents(out) == before
    result = papers(*BUILD, path, "--output", out, "--final", *REPLACE)
    kept = next((out / FOLDER / "superseded").iterdir())
    assert result.exit_code == 0
    assert set(files(out)) == {
        *before,
        *(f"{kept.relative_to(out).as_posix()}/{name}" for name in files(kept)),
    }
    assert f"Kept in {kept}: the paper that was published before." in result.output.splitlines()
    assert b"sent twice" in (out / f"{STEM}.html").read_bytes()
    assert (kept / f"{Path(STEM).name}.html").read_bytes() == before[f"{STEM}.html"]
    assert papers("verify", kept).exit_code == 0
    assert papers("verify", out).output.count("Agrees.") == 1


def test_a_replaced_paper_renews_the_list_of_closed_actions(make: Make, out: Path) -> None:
    published(make(GOOD), out)
    build = (*BUILD, make(BETTER), "--output", out, "--final", *REPLACE)
    assert papers(*build).exit_code == 0
    closed = (out / "harbour-scrutiny-panel" / "closed.csv").read_text(encoding="utf-8-sig")
    assert "They were sent twice." in closed


def test_what_is_the_clerks_own_is_not_kept_with_a_replaced_paper(make: Make, out: Path) -> None:
    published(make(GOOD), out)
    for name in ("minutes.html", "notes.txt", "figures.csv"):
        (out / FOLDER / name).write_text("the clerk's own")
    build = (*BUILD, make(BETTER), "--output", out, "--final", *REPLACE)
    assert papers(*build).exit_code == 0
    (kept,) = (out / FOLDER / "superseded").iterdir()
    assert files(kept) == [SUMS_NAME, f"{Path(STEM).name}.html", "records.json"]


def test_a_table_of_the_data_is_kept_too_when_its_paper_is_replaced(make: Make, out: Path) -> None:
    build = ("build", "--to", "csv", "--final", "--output", out)
    assert papers(*build, make(GOOD)).exit_code == 0
    before = (out / f"{STEM}.csv").read_bytes()
    assert papers(*build, *REPLACE, make(BETTER)).exit_code == 0
    (kept,) = (out / FOLDER / "superseded").glob("*/*.csv")
    assert kept.read_bytes() == before != (out / f"{STEM}.csv").read_bytes()


def test_what_is_left_of_another_paper_is_taken_away(make: Make, out: Path) -> None:
    papers("build", make(GOOD), "--output", out, "--to", "docx,csv")
    (out / FOLDER / "minutes.html").write_text("the clerk's own")
    published(make(BETTER), out)
    names = ("minutes.html", "records.json", SUMS_NAME)
    left = [f"{STEM}.html", *(f"{FOLDER}/{name}" for name in names)]
    assert files(out / "harbour-scrutiny-panel") == sorted(
        ["closed.csv", *(name.partition("/")[2] for name in left)]
    )
    titles = [TITLES[0], TITLES[1].replace("Scrutiny", "Our")]
    path = make(GOOD, titles=titles)
    result = papers(*BUILD, path, "--output", out, "--final", *REPLACE)
    assert f"Took away {out / STEM}.html: it was of another paper." in result.output.splitlines()
    assert not (out / f"{STEM}.html").exists()
    assert (out / FOLDER / "minutes.html").exists()


@pytest.mark.parametrize("to", [f"{Path(FOLDER).parent}/2027-06-10", "quay-panel/2027-03-28"])
def test_a_folder_that_was_copied_is_no_other_meetings_paper(
    to: str, make: Make, out: Path
) -> None:
    published(make(GOOD), out)
    shutil.copytree(out / FOLDER, out / to)
    titles = ["Quay Panel", TITLES[1]] if "quay" in to else [TITLES[0], "Monitoring – 10 June 2027"]
    path = make(BETTER, titles=titles)
    assert_refused(papers("check", path, "--output", out), "it was copied there.")
    is_found = "Its folder is called by the day of another meeting." in papers("verify", out).output
    assert is_found == ("2027-06-10" in to)


def test_another_committees_draft_is_not_taken_away(make: Make, out: Path, tmp_path: Path) -> None:
    papers(*BUILD, make(GOOD, OPEN, titles=TIDES), "--output", tmp_path / "tides")
    (draft,) = (tmp_path / "tides").rglob("*.html")
    (out / FOLDER).mkdir(parents=True)
    beside = out / FOLDER / "tides.html"
    beside.write_bytes(draft.read_bytes())
    published(make(GOOD), out)
    assert beside.read_bytes() == draft.read_bytes()


def test_an_edition_of_the_same_paper_is_not_taken_away(make: Make, out: Path) -> None:
    path = make(GOOD)
    papers(*BUILD, path, "--output", out, "--final", "--to", "html,csv")
    before = contents(out)
    papers(*BUILD, path, "--output", out, "--final", "--to", "docx")
    assert set(before) < set(files(out))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--replace",), "--replace makes a published paper again, which only --final does."),
        (REPLACE, "--replace makes a published paper again, which only --final does."),
        (("--final", *REPLACE[1:]), "--reason says why a paper is made again."),
    ],
)
def test_a_paper_is_replaced_only_for_publication(
    options: tuple[str, ...], said: str, make: Make, out: Path
) -> None:
    assert_refused(papers(*BUILD, make(GOOD), "--output", out, *options), said)


def test_a_correction_without_a_reason_has_its_day_alone(make: Make, out: Path) -> None:
    papers(*BUILD, make(GOOD), "--output", out, "--final", "--to", "html")
    changed = make(GOOD.replace("They", "We"))
    made = papers(*BUILD, changed, "--output", out, "--final", "--replace", "--to", "html")
    assert made.exit_code == 0, made.output
    page = next(out.glob("*/*/*.html")).read_text(encoding="utf-8")
    assert re.search(r">\s*Revised on [^<:]+\d{4}\s*<", page)


@pytest.mark.parametrize("engine", BY_TYPST_FIRST)
def test_a_correction_says_so_on_page_1_and_in_the_stamp_of_every_edition(
    engine: str, make: Make, out: Path
) -> None:
    build = ("build", "--final", "--engine", engine, "--output", out)
    assert papers(*build, make(GOOD), *TODAY).exit_code == 0
    assert papers(*build, make(BETTER), *REPLACE, *TODAY).exit_code == 0
    path = make(GOOD)
    final = papers(*build, path, "--replace", "--reason", "They: not\ntwice", "--today", "2/3/2027")
    assert final.exit_code == 0, final.output
    for suffix in (".docx", ".html", ".pdf"):
        said = edition_at(out / f"{STEM}{suffix}").said
        assert said is not None
        lines = [letters(line) for line in said.outside]
        revised = (
            "Revised on 1 March 2027: The berths were left out",
            "Revised on 2 March 2027: They: not twice",
        )
        assert [lines.count(letters(line)) for line in revised] == [1, 1], suffix
        assert all("Final,revisedon2March2027," in letters(foot) for foot in said.feet), suffix
    kept = out / FOLDER / "superseded"
    assert {path.name for path in kept.iterdir()} == {
        "original-until-2027-03-01",
        "revision-1-until-2027-03-02",
    }
    assert papers("verify", out / FOLDER).exit_code == 0
    before = contents(out)
    assert papers(*build, path, *TODAY).exit_code == 0
    assert contents(out) == before  # as it stands: no other revision


@pytest.mark.parametrize("earlier", [0, 1], ids=["original", "revised"])
def test_a_published_paper_is_compared_with_the_revision_that_it_was_compared_with(
    earlier: int, make: Make, out: Path
) -> None:
    def replace_march(row: str) -> None:
        made = papers(*BUILD, make(row, OPENED), "--output", out, "--final", *REPLACE)
        assert made.exit_code == 0, made.output

    titles = [TITLES[0], "Scrutiny Monitoring – 28 May 2027"]
    published(make(GOOD, OPENED), out)
    for _ in range(earlier):
        replace_march(BETTER)
    may = make(OPENED.replace("began", "is done"), name="may.xlsx", titles=titles)
    before = published(may, out)
    replace_march(GOOD.replace("sent", "printed"))
    assert "It is published as it stands." in papers("check", may, "--output", out, *TODAY).output
    again = published(may, out)
    assert {name: again[name] for name in again if "2027-05-28" in name or "closed" in name} == {
        name: before[name] for name in before if "2027-05-28" in name or "closed" in name
    }


def test_of_several_those_published_are_left_and_the_others_made(make: Make, out: Path) -> None:
    harbour = make(GOOD)
    before = published(harbour, out)
    make(BETTER)
    tides = make(GOOD, name="tides.xlsx", titles=TIDES)
    result = papers(*BUILD, harbour, tides, "--output", out)
    assert (result.exit_code, result.output.count("Left as published: ")) == (0, 1)
    made = contents(out)
    assert {name: made.pop(name) for name in before} == before
    assert list(made) == ["tides-board/2027-03-28/tides-board-monitoring-2027-03-28.html"]
    refused = papers(*BUILD, harbour, tides, "--output", out, "--final")
    assert_refused(refused, f"To publish the others: papers build --final --output {out}")
    assert refused.output.rstrip().endswith(str(tides))


def test_an_older_paper_made_again_does_not_take_from_the_list_of_closed(
    make: Make, out: Path
) -> None:
    march = make(GOOD)
    published(march, out)
    before = published(
        make(
            GOOD,
            "1/3/27 | Ferries | That one is hired. | One was hired. | Completed",
            name="may.xlsx",
            titles=[TITLES[0], "Scrutiny Monitoring – 28 May 2027"],
        ),
        out,
    )["harbour-scrutiny-panel/closed.csv"]
    assert published(march, out)["harbour-scrutiny-panel/closed.csv"] == before


def test_the_last_lines_of_a_draft_say_that_it_is_not_the_one_to_publish(
    make: Make, out: Path
) -> None:
    path = make(GOOD)
    said = papers(*BUILD, path, "--output", out).output.splitlines()
    assert said[-2:] == [
        f"Made {out / STEM}: html, not final.",
        f"Next: papers build --final --output {out} --to html {path} makes the paper to publish.",
    ]
    said = papers(*BUILD, make(GOOD, OPEN), "--output", out).output.splitlines()
    assert said[-2] == f"Made {out / STEM}: html, stamped DRAFT."
    assert said[-1].startswith("Next: correct the workbook")


@pytest.mark.parametrize(
    ("today", "when"),
    [
        ("1/3/2027", "by Thursday 18 March 2027"),
        ("19/3/2027", "at once, for it was to be there by Thursday 18 March 2027"),
    ],
)
def test_the_last_lines_of_a_final_paper_say_where_to_put_it(
    today: str, when: str, make: Make, out: Path
) -> None:
    options = ("--output", out, "--final", "--today", today)
    said = papers(*BUILD, make(GOOD), *options).output.splitlines()
    assert said[-2:] == [
        f"Made {out / STEM}: html, json.",
        f"Next: put the editions on the website {when}. Keep {out / FOLDER}: "
        "the next paper is compared with it.",
    ]
    assert not any("makes the paper to publish" in line for line in said)


def test_final_names_what_is_not_ready_and_how_to_make_the_others(make: Make, out: Path) -> None:
    bad = make(GOOD, OPEN)
    good = make(GOOD, name="tides board.xlsx", titles=TIDES)
    result = papers("build", "--final", bad, good, "--output", out)
    assert (result.exit_code, out.exists()) == (1, False)
    assert result.output.splitlines()[-1] == (
        "Nothing was made: panel.xlsx is not ready. "
        f'To publish the others: papers build --final --output {out} "{good}"'
    )
    assert "makes the paper to publish" not in result.output
    alone = papers("build", "--final", bad, "--output", out).output
    assert alone.splitlines()[-1] == "Nothing was made: panel.xlsx is not ready."


def test_what_is_not_for_publication_lies_apart(make: Make, out: Path) -> None:
    path = make(GOOD, OPEN)
    papers("check", path, "--annotate", "--format", "html", "--output", out)
    papers("chase", path, "--output", out)
    assert files(out / FOLDER) == [
        f"{NOT_PUBLISHED}/{name}" for name in ("ready-or-not.html", "to-do.xlsx", "to-ring.html")
    ]


def test_the_date_is_in_the_name_of_the_longest_paper(make: Make, out: Path) -> None:
    titles = ["Board " * 20, "Monitoring – 28 March 2027"]
    papers(*BUILD, make(GOOD, titles=titles), "--output", out)
    (path,) = out.rglob("*.html")
    assert path.stem.endswith("-2027-03-28")
    assert len(path.stem) <= 60 + len("-2027-03-28")


def test_the_verdict_names_the_paper_compared_with(make: Make, out: Path) -> None:
    options = ("--output", out, *TODAY)
    nothing = f"  No earlier final paper in {out}: nothing was compared."
    assert nothing in papers("check", make(GOOD), *options).output.splitlines()
    published(make(GOOD), out)
    path = make(GOOD, name="may.xlsx", titles=[TITLES[0], "Scrutiny Monitoring – 28 May 2027"])
    compared = (
        "Compared with the paper of 28 March 2027. That meeting is still to come: if it was moved or cancelled, "
        "say so in inputs/clerk.toml (docs/when-plans-change.md)."
    )
    said = papers("check", path, *options).output.splitlines()
    assert f"  {compared}" in said
    assert "[[moved]]" not in "".join(said)
    assert f'"compared": "{compared}"' in papers("check", path, *options, "--format", "json").output
    papers("check", path, *options, "--format", "html")
    (page,) = out.rglob("ready-or-not.html")
    assert compared in page.read_text(encoding="utf-8")


def test_another_committee_s_paper_is_not_compared_with(make: Make, out: Path) -> None:
    published(make(GOOD), out)
    other = make(GOOD, name="tides.xlsx", titles=TIDES)
    paper = out / f"{STEM}.html"
    said = "The paper given with --since is one of Harbour Scrutiny Panel, and not of Tides Board."
    assert_refused(papers("build", other, "--since", paper, "--output", out), said)
    assert_refused(
        papers("changes", paper, other),
        f"{paper} is of Harbour Scrutiny Panel, and {other} of Tides Board.",
    )


@pytest.mark.parametrize("field", ["reference", "action"])
def test_another_committee_s_records_with_the_same_words_are_found_and_read_once(
    field: str, make: Make, out: Path
) -> None:
    words = 'That "Llŷn" is\nasked – either\\or, ½.'
    row = f"Q/\\ŷ | 1/2/27 | Tides | {words} | It was asked. | Completed"
    published(make(row, headings=f"Ref | {HEADINGS}"), out)
    (path,) = out.rglob("records.json")
    (action,) = readback.records(path).actions
    assert action.action == words
    other = replace(action, reference="Q/9", action="That it is not asked.")
    archive = Archive(out, Decisions())

    def found(day: int, said: str = getattr(action, field)) -> list[str]:
        new = [replace(other, **{field: said})]
        papers = archive.beside("Tides Board", date(2027, 5, day), new)
        return [one.paper.committee for one in papers]

    assert found(27) == ["Harbour Scrutiny Panel"]
    assert found(27, "Something else") == []
    path.write_text("They are not read again.")
    assert found(28) == ["Harbour Scrutiny Panel"]


def test_a_workbook_that_cannot_be_read_does_not_stop_the_check_of_others(
    make: Make, tmp_path: Path
) -> None:
    empty = make(name="empty.xlsx")
    text = tmp_path / "in" / "words.xlsx"
    text.write_text("words")
    path = make(GOOD, OPEN)
    result = papers("check", text, path, empty, *TODAY)
    assert result.exit_code == 2
    assert "  NOT READY. Missing: 1 update" in result.stdout.splitlines()
    assert [line.split(" ")[1] for line in result.stderr.splitlines()] == [
        "words.xlsx",
        "empty.xlsx:",
    ]
    for shape in ("json", "csv", "html"):
        options = ("--annotate", "--output", tmp_path / "out")
        told = papers("check", text, path, "--format", shape, *options)
        assert (told.exit_code, told.stderr.count("\n")) == (2, 1)
        assert "missing-update" in told.stdout or shape == "html"
    assert (tmp_path / "out" / FOLDER / NOT_PUBLISHED / "to-do.xlsx").exists()
    drafted = papers("build", path, empty, "--output", tmp_path / "o", "--to", "html")
    assert (drafted.exit_code, drafted.stderr.count("\n")) == (2, 1)
    assert files(tmp_path / "o") == [f"{STEM}.html"]
    refused = papers("build", path, empty, "--output", tmp_path / "p", "--final")
    assert_refused(refused, "empty.xlsx: ")
    assert not (tmp_path / "p").exists()


def test_what_lies_in_inputs_and_is_not_read_is_said(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make(GOOD).parent
    inputs = folder.rename(folder.with_name("inputs"))
    monkeypatch.chdir(inputs.parent)
    for name in ("2026/old.xlsx", "notes/read.me", "last.docx", "README.md"):
        (inputs / name).parent.mkdir(exist_ok=True)
        (inputs / name).write_text("words")
    result = papers("check", *TODAY)
    assert (result.exit_code, result.stderr.count("\n")) == (0, 1)
    assert result.stderr.startswith("inputs/2026 and inputs/last.docx were not read: ")
    assert papers("check", "--quiet").stderr == ""
    assert papers("check", Path("inputs", "panel.xlsx")).stderr == ""


def test_a_paper_given_as_a_workbook_is_named_as_typed(tmp_path: Path) -> None:
    paper = tmp_path / "last paper.docx"
    paper.write_bytes(b"PK")
    said = f'papers import "{paper}" "{paper.with_suffix(".xlsx")}"'
    assert_refused(papers("check", paper), said)


def test_the_editions_stand_in_help_as_in_the_error(make: Make) -> None:
    named = "pdf,docx,html,json,csv"
    assert f"--to {named}" in papers("build", "--help").output
    assert named.replace(",", ", ") in papers("build", make(GOOD), "--to", "odt").output


def test_a_paper_published_again_unchanged_is_said_to_be_as_published(
    make: Make, out: Path
) -> None:
    path = make(GOOD)
    published(path, out)
    said = papers(*BUILD, path, "--output", out, "--final").output.splitlines()
    assert said[-1] == f"{out / STEM} is as published: html, json."


def test_a_reason_given_late_is_printed(make: Make, out: Path) -> None:
    published(make(GOOD), out)
    build = (*BUILD, make(BETTER), "--output", out, "--final", "--replace")
    for reason in ((), REPLACE[1:], REPLACE[1:]):
        assert papers(*build, *reason).exit_code == 0
    page = out.joinpath(f"{STEM}.html").read_text(encoding="utf-8")
    assert page.count(f": {REPLACE[2]}</p>") == 1
    made = json.loads(out.joinpath(STEM).with_name("records.json").read_text(encoding="utf-8"))
    assert [one["reason"] for one in made["paper"]["revisions"]] == ["", REPLACE[2]]
