"""Time zones as people write them: abbreviations, cities, offsets, and names of the tz database."""

import re
from functools import cache
from zoneinfo import available_timezones

from todo_backend.quick_add.meanings import Here, Meaning, Readings

ABBREVIATIONS = {
    "utc": "UTC", "gmt": "UTC", "z": "UTC",
    "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "pt": "America/Los_Angeles",
    "mst": "America/Denver", "mdt": "America/Denver",
    "cst": "America/Chicago", "cdt": "America/Chicago",
    "est": "America/New_York", "edt": "America/New_York", "et": "America/New_York",
    "bst": "Europe/London", "cet": "Europe/Berlin", "cest": "Europe/Berlin", "eet": "Europe/Athens",
    "eest": "Europe/Athens", "msk": "Europe/Moscow", "jst": "Asia/Tokyo", "kst": "Asia/Seoul", "hkt": "Asia/Hong_Kong",
    "sgt": "Asia/Singapore", "aest": "Australia/Sydney", "aedt": "Australia/Sydney", "awst": "Australia/Perth",
    "nzst": "Pacific/Auckland", "nzdt": "Pacific/Auckland",
}  # fmt: skip
"""In use, "EST" means the time in New York, in summer too. One that is used for several zones ("IST") is not here."""
AREAS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
OFFSET = re.compile(r"(?:utc|gmt)?([+-])([0-9]{1,2})(?::?([0-9]{2}))?")
FARTHEST_HOURS = 12


@cache
def names() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones() if name.partition("/")[0] in AREAS}


@cache
def cities() -> dict[str, str]:
    return {name.rpartition("/")[2].replace("_", " "): zone for name, zone in sorted(names().items(), reverse=True)}


def zone(_: Here, zone: str) -> Readings:
    return [Meaning(zone=key)] if (key := key_of(zone)) else []


def key_of(text: str) -> str | None:
    """Returns the name of the zone; None if it is unknown. An offset of whole hours has one, with the sign reversed."""
    if found := OFFSET.fullmatch(text):
        sign, hours, minutes = found[1], int(found[2]), int(found[3] or 0)
        if minutes or hours > FARTHEST_HOURS:
            return None
        return f"Etc/GMT{'-' if sign == '+' else '+'}{hours}" if hours else "UTC"
    return ABBREVIATIONS.get(text) or names().get(text) or cities().get(text)
