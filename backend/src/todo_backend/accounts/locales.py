"""The language, date order, first weekday and hour cycle of a locale: Unicode CLDR data, read through Babel."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated, Literal, get_args

from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global
from pydantic import AfterValidator, Field

from todo_backend.accounts.models import Account
from todo_kit.recurrence import Weekday

HourCycle = Literal["h12", "h23"]
WELL_FORMED = re.compile(
    r"[a-zA-Z]{2,3}(?:-[a-zA-Z]{4})?(?:-(?:[a-zA-Z]{2}|[0-9]{3}))?(?:-[a-zA-Z0-9]{2,8})*", re.ASCII
)
"""Language, script and region of RFC 5646. Variants and extensions may follow; they do not affect conventions."""
EXTENSIONS = re.compile(r"-(?:[a-zA-Z0-9]|[a-zA-Z0-9]{5,8}|[0-9][a-zA-Z0-9]{3})(?:-.*)?$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Conventions:
    """`month_first` is None if no locale is known: a numeric date such as 3/4 is then ambiguous."""

    month_first: bool | None = None
    week_start: int = 0
    """0 is Monday, as in `date.weekday`."""
    hour_cycle: str = "h23"
    language: str = ""
    """ISO 639, such as "de". Empty if no locale is known."""


def _well_formed(tag: str) -> str:
    if not WELL_FORMED.fullmatch(tag):
        raise ValueError("must be a BCP 47 locale such as en-US")
    return tag


def _known(tag: str) -> str:
    if _data_of(tag) is None:
        raise ValueError("must be a locale that Unicode CLDR knows, such as en-US")
    return tag


def conventions_of(account: Account, locale: str | None = None) -> Conventions:
    """Returns the conventions of `locale`, or of the account's locale if it is None, with the account's overrides."""
    return conventions(locale or account.locale, account.week_start, account.hour_cycle)


def conventions(
    locale: str | None, week_start: str | None = None, hour_cycle: str | None = None
) -> Conventions:  # fmt: skip
    """Returns the locale's conventions, overridden by the other arguments. An unknown locale has the defaults."""
    found = (locale and _conventions_of(locale)) or Conventions()
    start = get_args(Weekday).index(week_start) if week_start else found.week_start
    return replace(found, week_start=start, hour_cycle=hour_cycle or found.hour_cycle)


@lru_cache(maxsize=1024)
def _conventions_of(tag: str) -> Conventions | None:
    locale = _data_of(tag)
    if locale is None:
        return None
    numeric = locale.datetime_skeletons["Md"].pattern
    clock = locale.time_formats["short"].pattern
    found = Conventions(
        month_first=numeric.index("M") < numeric.index("d"),
        week_start=locale.first_week_day,
        hour_cycle="h12" if "h" in re.sub("'[^']*'", "", clock) or "K" in clock else "h23",
        language=locale.language,
    )
    # Babel caches every locale that it reads: 210 MB if clients name all of them.
    localedata._cache.clear()  # noqa: SLF001 - there is no public way
    return found


def _data_of(tag: str) -> Locale | None:
    """Returns the locale with its likely region, which decides the first weekday; None if CLDR has no such locale."""
    plain = EXTENSIONS.sub("", tag)
    try:
        likely = get_global("likely_subtags").get(plain)
        return Locale.parse(likely) if likely else Locale.parse(plain, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


LocaleTag = Annotated[str, Field(max_length=85), AfterValidator(_well_formed)]
KnownLocale = Annotated[LocaleTag, AfterValidator(_known)]
