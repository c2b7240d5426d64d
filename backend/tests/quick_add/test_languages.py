"""The tables of each language fit the functions that read them; and which languages a user may type."""

import inspect
import re
from datetime import datetime

import pytest

from backend.tests.quick_add.sentences import BERLIN, FILES, NOW, Sentence, as_json, of_locale, understood
from todo_backend.accounts.locales import conventions
from todo_backend.quick_add.date_words import DateWords
from todo_backend.quick_add.language import Language
from todo_backend.quick_add.languages import LANGUAGES, language_of
from todo_backend.quick_add.languages.english import ENGLISH
from todo_backend.quick_add.meanings import Before
from todo_kit.errors import Invalid

MOST_DIFFERENT = 8
PREFIXES = {"before", "on", "until"}
EVERY = pytest.mark.parametrize("language", [ENGLISH, *LANGUAGES.values()], ids=["en", *LANGUAGES])


@EVERY
def test_every_phrase_names_the_arguments_of_its_function(language: Language) -> None:
    for pattern, phrase in language.patterns:
        _, *arguments = inspect.signature(phrase.meaning).parameters.values()
        slots = pattern.groupindex.keys() - PREFIXES
        needed = {each.name for each in arguments if each.default is inspect.Parameter.empty}
        assert slots <= {each.name for each in arguments}, phrase.pattern
        assert needed <= slots, phrase.pattern


@EVERY
def test_every_slot_of_a_phrase_is_known(language: Language) -> None:
    for pattern, phrase in language.patterns:
        assert not re.search(r"\{[a-z_]+!?\}", pattern.pattern), phrase.pattern


@pytest.mark.parametrize(
    ("locale", "language"),
    [("de-DE", "de"), ("de-AT", "de"), ("de-CH", "de"), ("es-ES", "es"), ("es-MX", "es"), ("es-419", "es")],
)
def test_the_language_is_that_of_the_locale(locale: str, language: str) -> None:
    assert language_of(conventions(locale)) is LANGUAGES[language]


@pytest.mark.parametrize("locale", [None, "en-US", "en-GB", "fr-FR", "ca-ES", "nds-DE", "tlh"])
def test_other_locales_are_read_in_english(locale: str | None) -> None:
    assert language_of(conventions(locale)) is ENGLISH


@pytest.mark.parametrize("text", ["Zahnarzt morgen um 9", "jeden Montag Sport", "dentista mañana", "cada lunes yoga"])
def test_who_has_another_locale_is_read_in_english_only(text: str) -> None:
    for locale in (None, "en-US", "fr-FR"):
        answer = as_json(understood(text, locale=locale))
        assert (answer["title"], answer["fields"], answer["ambiguities"]) == (text, {}, [])


@pytest.mark.parametrize("locale", ["de-DE", "es-ES"])
def test_english_means_the_same_beside_another_language(locale: str) -> None:
    """The few others have numbers that are written otherwise, or hours that a 24-hour clock does not ask about."""
    clear = [sentence for sentence in of_locale(None) if not sentence.asked]
    assert len([sentence for sentence in clear if is_silently_different(sentence, locale)]) <= MOST_DIFFERENT


def is_silently_different(sentence: Sentence, locale: str) -> bool:
    answer = as_json(understood(sentence.text, locale=locale))
    fields = {name: value for name, value in answer["fields"].items() if name != "time_zone"}
    return not answer["ambiguities"] and "due_date" in fields and fields != sentence.fields


@pytest.mark.parametrize(
    ("locale", "text", "due"),
    [
        ("de-DE", "Treffen am 9", None),
        ("de-DE", "die 3 in D drucken", None),
        ("de-DE", "remind me at 9 am to call", "2026-02-27T09:00:00"),
        ("de-DE", "meeting on friday um 15 Uhr", "2026-02-27T15:00:00"),
        ("es-ES", "son 9 a 3", None),
        ("es-ES", "ver el mar", None),
        ("es-ES", "call Ana at 5pm mañana", "2026-02-27T17:00:00"),
        ("es-MX", "call Ana next month", "2026-03-01"),
    ],
)
def test_words_of_one_language_are_not_read_in_the_other(locale: str, text: str, due: str | None) -> None:
    assert as_json(understood(text, locale=locale))["fields"].get("due_date") == due


def test_a_name_taken_from_english_is_asked_about() -> None:
    answer = as_json(understood("Daily vorbereiten", locale="de-DE"))
    assert answer["title"] == "Daily vorbereiten"
    assert [each["label"] for each in answer["ambiguities"][0]["alternatives"]] == ["Words of the title", "daily"]


@pytest.mark.parametrize("locale", [locale for locale in FILES if locale])
def test_accents_and_capitals_do_not_matter(locale: str) -> None:
    language = language_of(conventions(locale))
    for sentence in of_locale(locale):
        if sentence.text == sentence.text.lower():
            plain = sentence.text.translate(language.letters)
            assert fields_of(plain, locale) == fields_of(sentence.text, locale), sentence.text


def fields_of(text: str, locale: str) -> dict[str, object]:
    return {name: value for name, value in as_json(understood(text, locale=locale))["fields"].items() if name != "tags"}


@pytest.mark.parametrize(
    ("locale", "hour", "due", "asked"),
    [
        ("de-DE", "um 9", "2026-02-27T09:00:00", False),
        ("de-DE", "um 8", "2026-02-27T08:00:00", True),
        ("de-DE", "8 Uhr", "2026-02-27T08:00:00", False),
        ("es-ES", "a las 9", "2026-02-27T09:00:00", False),
        ("es-MX", "a las 9", "2026-02-27T09:00:00", True),
    ],
)
def test_an_hour_is_asked_about_where_it_may_be_of_the_evening(
    locale: str, hour: str, due: str, *, asked: bool
) -> None:
    answer = as_json(understood(f"{'morgen' if locale == 'de-DE' else 'mañana'} {hour}", locale=locale))
    assert (answer["fields"]["due_date"], bool(answer["ambiguities"])) == (due, asked)


@pytest.mark.parametrize(
    ("locale", "words", "due"),
    [
        ("de-DE", "um 16 Uhr", "2026-03-06T15:00:00+00:00"),
        ("de-DE", "morgen", "2026-02-27T13:30:00+00:00"),
        ("de-DE", "eine Woche später", "2026-03-13T13:30:00+00:00"),
        ("de-DE", "2 Stunden früher", "2026-03-06T11:30:00+00:00"),
        ("de-DE", "nächste Woche", "2026-03-06T13:30:00+00:00"),
        ("de-DE", "ganztägig", "2026-03-06"),
        ("de-DE", "tomorrow 9am", "2026-02-27T08:00:00+00:00"),
        ("es-ES", "a las 16", "2026-03-06T15:00:00+00:00"),
        ("es-ES", "pasado mañana", "2026-02-28T13:30:00+00:00"),
        ("es-ES", "2 horas después", "2026-03-06T15:30:00+00:00"),
        ("es-ES", "todo el día", "2026-03-06"),
    ],
)
def test_words_change_a_date_in_the_language_of_the_user(locale: str, words: str, due: str) -> None:
    before = Before(datetime(2026, 3, 6, 14, 30, tzinfo=BERLIN).replace(tzinfo=None))
    assert DateWords(words, BERLIN, conventions(locale)).fields(NOW, before)["due_date"] == due


def test_german_words_are_refused_with_another_locale() -> None:
    with pytest.raises(Invalid):
        DateWords("morgen um 9", BERLIN, conventions("en-GB")).fields(NOW)
