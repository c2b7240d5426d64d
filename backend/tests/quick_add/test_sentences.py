"""What sentences mean: the tables in `sentences*.txt`, each row read at the same instant."""

import pytest

from backend.tests.conftest import Person
from backend.tests.quick_add.sentences import FILES, Sentence, as_json, of_locale, read_all, understood
from todo_backend.tasks.schemas import TaskCreate

SENTENCES = read_all()


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.text)
def test_a_sentence_means_what_the_table_says(sentence: Sentence) -> None:
    answer = understood(sentence.text, locale=sentence.locale)
    fields = as_json(answer)["fields"]
    zone = fields.pop("time_zone", None)
    assert (answer.title, fields) == (sentence.title, sentence.fields)
    assert [ambiguity.field for ambiguity in answer.ambiguities] == sentence.asked
    assert zone == ("Europe/Berlin" if "due_date" in fields else None)


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.text)
def test_spans_are_slices_and_do_not_overlap(sentence: Sentence) -> None:
    answer = understood(sentence.text, locale=sentence.locale)
    for span in [*answer.matches, *answer.ambiguities]:
        assert sentence.text[span.start : span.end] == span.text != ""
    ends = [0, *(match.end for match in answer.matches)]
    assert all(match.start >= end for match, end in zip(answer.matches, ends, strict=False))
    assert all(match.label for match in answer.matches)


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.text)
def test_every_alternative_is_a_task_too_and_the_chosen_one_is_the_answer(sentence: Sentence) -> None:
    answer = as_json(understood(sentence.text, locale=sentence.locale))
    task = {"title": answer["title"]} | answer["fields"]
    for ambiguity in answer["ambiguities"]:
        fields = [alternative["fields"] for alternative in ambiguity["alternatives"]]
        chosen = fields[ambiguity["chosen"]]
        same = {name: task.get(name, TaskCreate.model_fields[name].default) for name in chosen}
        assert chosen == same
        assert len(fields) == 1 or any(other != chosen for other in fields)
        labels = [alternative["label"] for alternative in ambiguity["alternatives"]]
        assert len(set(labels)) == len(labels)
        for other in fields:
            TaskCreate.model_validate({"title": "-"} | task | {k: v for k, v in other.items() if v != ""})


async def test_the_api_takes_every_task_that_a_sentence_makes(person: Person) -> None:
    for sentence in SENTENCES:
        answer = as_json(understood(sentence.text, locale=sentence.locale))
        if answer["title"]:
            await person.create(answer["title"], **answer["fields"])


def test_the_table_is_long_enough_to_be_believed() -> None:
    assert len({sentence.text for sentence in of_locale(None)}) > 400
    assert all(len(of_locale(locale)) >= 60 for locale in FILES)
