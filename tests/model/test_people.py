"""An officers' cell read into people: one officer told from two, and how to reach each."""

from __future__ import annotations

import pytest

from pipeline.model.people import Officer, by_key, people_named

RUTH = Officer("Ruth Calloway", "Head of Works", "ruth@wexmouth.example", "01632 960101")


@pytest.mark.parametrize(
    "cell",
    [
        "Head of Works / Ruth Calloway / 01632 960101 / ruth@wexmouth.example",
        "Head of Works\nRuth Calloway\n01632 960101\nruth@wexmouth.example",
        "Ruth Calloway, Head of Works, tel. 01632 960101, e-mail: ruth@wexmouth.example",
        "Ruth Calloway – Head of Works (01632 960101) <ruth@wexmouth.example>",
        "Head of Works (Ruth Calloway); 01632 960101; ruth@wexmouth.example",
        "Head of Works: Ruth Calloway T: 01632 960101 E: ruth@wexmouth.example",
    ],
)
def test_a_role_a_person_a_telephone_and_an_address_are_one_officer(cell: str) -> None:
    assert people_named(cell) == (RUTH,)


@pytest.mark.parametrize(
    "cell",
    [
        "Ruth Calloway; Imran Sadiq",
        "Ruth Calloway/Imran Sadiq",
        "Ruth Calloway / Imran Sadiq",
        "Ruth Calloway & Imran Sadiq",
        "Ruth Calloway and Imran Sadiq",
        "Ruth Calloway, Imran Sadiq",
        "Ruth Calloway\nImran Sadiq",
        "• Ruth Calloway\n• Imran Sadiq",
    ],
)
def test_two_names_are_two_officers(cell: str) -> None:
    assert [one.name for one in people_named(cell)] == ["Ruth Calloway", "Imran Sadiq"]


@pytest.mark.parametrize("between", [" / ", ", ", "\n", "; ", " and "])
def test_two_addresses_are_two_officers(between: str) -> None:
    addresses = ["ruth@wexmouth.example", "imran@wexmouth.example"]
    assert [one.email for one in people_named(between.join(addresses))] == addresses


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("RC/IS", ["RC", "IS"]),
        ("RC/Cllr Hale", ["RC", "Cllr Hale"]),
        ("Director of Place / Head of Works", ["Director of Place", "Head of Works"]),
        ("Housing/Benefits Manager", ["Housing/Benefits Manager"]),
        ("Director of Children and Learning", ["Director of Children and Learning"]),
        ("Service Director – Legal & Governance", ["Service Director – Legal & Governance"]),
        ("Calloway, Ruth", ["Calloway, Ruth"]),
        ("Highways", ["Highways"]),
        ("01632 960101", ["01632 960101"]),
        ("", []),
        (" / ; \n", []),
    ],
)
def test_what_may_be_one_is_not_cut(cell: str, names: list[str]) -> None:
    assert [one.name for one in people_named(cell)] == names


def test_each_officer_keeps_their_own_number() -> None:
    found = people_named("Ruth Calloway, 01632 960101; Imran Sadiq, ext. 2345")
    assert [(one.name, one.telephone) for one in found] == [
        ("Ruth Calloway", "01632 960101"),
        ("Imran Sadiq", "ext. 2345"),
    ]


def test_a_posts_commas_do_not_make_officers() -> None:
    cell = "Mary-Jane O'Neil, Executive Director for Adults, Health & Housing"
    assert people_named(cell) == (
        Officer("Mary-Jane O'Neil", "Executive Director for Adults, Health & Housing"),
    )


def test_an_officer_whom_several_cells_name_has_what_any_of_them_says() -> None:
    cells = (
        "Ruth Calloway",
        "ruth calloway (01632 960101)",
        "Ruth Calloway, ruth@wexmouth.example",
        "Jo Bell",
    )
    told = by_key(one for cell in cells for one in people_named(cell))
    assert list(told.values()) == [
        Officer("Ruth Calloway", "", "ruth@wexmouth.example", "01632 960101"),
        Officer("Jo Bell"),
    ]


@pytest.mark.parametrize(
    ("cell", "officers"),
    [
        ("Ann Bell (until June), Tom Reed", [Officer("Ann Bell", "until June"), Officer("Tom Reed")]),
        ("Ann Bell (interim) and Tom Reed", [Officer("Ann Bell", "interim"), Officer("Tom Reed")]),
        ("Ann Bell (AB) / Tom Reed (TR)", [Officer("Ann Bell", "AB"), Officer("Tom Reed", "TR")]),
        ("Jo Lund (Roads and Quays), Tom Reed", [Officer("Jo Lund", "Roads and Quays"), Officer("Tom Reed")]),
        ("Tom Reed (Head of Parks) (until May)", [Officer("Tom Reed", "Head of Parks, until May")]),
        ("Legal team (Ann Bell, Tom Reed)", [Officer("Ann Bell", "Legal team"), Officer("Tom Reed")]),
        ("Highways (Ann Bell)", [Officer("Highways (Ann Bell)")]),
        ("Roads (north)", [Officer("Roads (north)")]),
    ],
)  # fmt: skip
def test_what_stands_in_brackets_behind_a_person_tells_of_them(
    cell: str, officers: list[Officer]
) -> None:
    assert people_named(cell) == tuple(officers)
