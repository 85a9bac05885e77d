"""The processes that draw PDFs: how many, what each is given, and what is left of them."""

from __future__ import annotations

from pipeline.council.house import house_of
from pipeline.model.document import Heading, Paper, Table
from pipeline.model.errors import PipelineError
from pipeline.render.studio import Studio

HOUSE = house_of("wexmouth")


def a_paper(title: str) -> Paper:
    """A paper of a heading and a table without rows."""
    blocks = (Heading(title, 1), Table(title, title, (), (), ()))
    return Paper(title, "", "en-GB", "2027-03-01T00:00:00Z", False, blocks)


def test_several_processes_draw_each_paper_as_one_does() -> None:
    papers = [a_paper(f"Paper {number}") for number in range(5)]
    made = []
    for desks in (1, 3):
        with Studio(["pdf"]) as studio:
            studio.load("weasyprint", desks)
            drawings = [studio.draw(one, HOUSE, ["pdf"]) for one in papers]
            made.append([one["pdf"].result().data for one in drawings])
    assert made[0] == made[1]
    assert len(set(made[0])) == len(papers)


def test_what_one_process_was_given_fails_alone_when_it_ends() -> None:
    with Studio(["pdf"]) as studio:
        studio.load("weasyprint", 2)
        drawings = [studio.draw(a_paper(str(number)), HOUSE, ["pdf"])["pdf"] for number in range(4)]
        studio._desks[0]._process.kill()
        ended = [one.exception() for one in drawings]
    assert {type(one) for one in ended} == {PipelineError, type(None)}
    assert ended[1] is ended[3] is None


def test_no_process_is_started_where_none_is_needed() -> None:
    with Studio(["json"]) as studio:
        studio.load("weasyprint", 4)
        assert not studio._desks
        assert studio.draw(a_paper("One"), HOUSE, ["json"])["json"].result().data is not None
