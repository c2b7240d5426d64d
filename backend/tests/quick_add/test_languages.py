"""The tables of each language fit the functions that read them."""

import inspect

import pytest

from todo_backend.accounts.locales import conventions
from todo_backend.quick_add.language import Language
from todo_backend.quick_add.languages import LANGUAGES, language_of
from todo_backend.quick_add.languages.english import ENGLISH

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
def test_every_slot_is_known_and_used_with_a_value(language: Language) -> None:
    for pattern, phrase in language.patterns:
        assert "{" not in phrase.pattern or not any(f"{{{name}}}" in pattern.pattern for name in language.slots)


@pytest.mark.parametrize(
    ("locale", "language"),
    [("de-DE", "de"), ("de-AT", "de"), ("de-CH", "de"), ("es-ES", "es"), ("es-MX", "es"), ("es-419", "es")],
)
def test_the_language_is_that_of_the_locale(locale: str, language: str) -> None:
    assert language_of(conventions(locale)) is LANGUAGES[language]


@pytest.mark.parametrize("locale", [None, "en-US", "en-GB", "fr-FR", "ca-ES", "nds-DE", "tlh"])
def test_other_locales_are_read_in_english(locale: str | None) -> None:
    assert language_of(conventions(locale)) is ENGLISH
