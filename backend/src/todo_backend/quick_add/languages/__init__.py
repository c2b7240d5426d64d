"""The languages of quick-add. English is understood beside each of them."""

from todo_backend.accounts.locales import Conventions
from todo_backend.quick_add.language import Language
from todo_backend.quick_add.languages.english import ENGLISH
from todo_backend.quick_add.languages.german import GERMAN
from todo_backend.quick_add.languages.spanish import SPANISH

LANGUAGES: dict[str, Language] = {"de": GERMAN, "es": SPANISH}
"""By the language of the user's locale. English for all others."""


def language_of(conventions: Conventions) -> Language:
    return LANGUAGES.get(conventions.language, ENGLISH)
