"""People inside JSON: who is meant by an object, and what of it stays."""

import json

import pytest

from workable_elt.warehouse.erasure.references import mentions, without_people

IDS = {"candidates": frozenset({"c1"}), "employees": frozenset({"e1"})}


def blank(value, column="anything"):
    return json.loads(without_people(json.dumps(value), column, IDS))


def test_an_object_that_is_the_person_keeps_its_ids():
    person = {"id": "c1", "name": "Ana", "job_id": "j1", "phones": [{"id": "p", "no": "12"}]}
    assert blank(person, "candidate") == {"id": "c1", "name": None, "job_id": "j1", "phones": None}


def test_people_are_found_however_deep_they_stand():
    value = {
        "rows": [{"manager": {"id": "e1", "name": "Bo"}}, {"manager": {"id": "e2", "name": "Di"}}]
    }
    assert blank(value) == {
        "rows": [{"manager": {"id": "e1", "name": None}}, {"manager": {"id": "e2", "name": "Di"}}]
    }


@pytest.mark.parametrize("column", ["member", "job", "stage", "department", "hiring_manager"])
def test_an_equal_id_of_something_else_is_left_alone(column):
    assert blank({"id": "c1", "name": "Sales"}, column) == {"id": "c1", "name": "Sales"}


def test_a_candidate_is_no_employee_with_an_equal_id():
    assert blank({"id": "e1", "name": "Ana"}, "candidate") == {"id": "e1", "name": "Ana"}
    assert blank([{"id": "c1", "name": "Bo"}], "direct_reports") == [{"id": "c1", "name": "Bo"}]


def test_an_id_that_says_whose_it_is_counts_everywhere():
    assert blank({"candidate_id": "c1", "note": "tall"}, "member") == {
        "candidate_id": "c1",
        "note": None,
    }


def test_a_text_without_them_stays_as_it_is_spelt():
    text = '{ "b": 1.50,  "a": 123456789012345678901234567890 }'
    assert without_people(text, "anything", IDS) is text


def test_numbers_of_any_size_survive_the_blanking():
    text = '[{"id": "c1", "name": "x"}, {"id": "c2", "n": 123456789012345678901234567890}]'
    assert "123456789012345678901234567890" in without_people(text, "candidate", IDS)


def test_an_id_is_mentioned_as_a_whole_word_only():
    assert mentions('{"who": "c1"}', IDS)
    assert mentions('"e1"', IDS)
    assert not mentions('{"who": "c12", "x": "ac1"}', IDS)
