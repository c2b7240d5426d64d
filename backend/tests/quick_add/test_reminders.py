"""Reminders in words: several of them, and times on earlier days."""

from typing import Any

import pytest

from backend.tests.quick_add.sentences import understood


def minutes(*before: int) -> list[dict[str, Any]]:
    return [{"minutes_before": each} for each in before]


def at(days: int, time: str) -> list[dict[str, Any]]:
    return [{"days_before": days, "time": time}]


CASES = {
    "en-GB": [
        ("friday 3pm remind 1 day before and 1 hour before", minutes(1440, 60)),
        ("friday 3pm remind me 1h and 10min before", minutes(60, 10)),
        ("friday 3pm, remind me 1 week before, 1 day before and 2 hours before", minutes(10080, 1440, 120)),
        ("friday 3pm remind 1d remind 1h", minutes(1440, 60)),
        ("friday 3pm with reminders 1 day and 1 hour before", minutes(1440, 60)),
        ("friday 3pm remind me an hour before and half an hour before", minutes(60, 30)),
        ("friday 3pm alert 1 hour, 30 min and 5 min before", minutes(60, 30, 5)),
        ("friday 3pm remind me the day before at 6pm", at(1, "18:00")),
        ("friday 3pm remind me 2 days before at 9am", at(2, "09:00")),
        ("friday 3pm remind me the evening before", at(1, "18:00")),
        ("friday 3pm remind 1 month before", at(31, "15:00")),
        ("31 march remind 1 month before", minutes(31 * 1440)),
        ("friday 3pm remind 2 weeks before", minutes(14 * 1440)),
        ("friday 3pm remind me at 8am", minutes(420)),
        ("friday 3pm no reminder", []),
        ("friday 3pm remind me 1 day before at 6pm and 2 hours before", [*at(1, "18:00"), *minutes(120)]),
        ("friday 3pm remind me the evening before and 1 hour before", [*at(1, "18:00"), *minutes(60)]),
        ("friday 3pm remind me at 8am and 1 hour before", minutes(420, 60)),
        ("friday 3pm remind me 1d before, then 2h before", minutes(1440, 120)),
        ("friday 3pm remind me both 1 day and 1 hour before", minutes(1440, 60)),
        ("friday 3pm remind me the afternoon before", at(1, "15:00")),
        ("friday 3pm remind 1d; 2h", minutes(1440, 120)),
        ("friday 3pm remind 1d 2h", minutes(1440, 120)),
        ("friday 3pm remind 1 h 30 min before", minutes(90)),
        ("remind 1d and 2h friday 3pm", minutes(1440, 120)),
    ],
    "de-DE": [
        ("Freitag 15 Uhr Erinnerung 1 Tag und 1 Stunde vorher", minutes(1440, 60)),
        ("Freitag 15 Uhr erinnere mich am Tag vorher um 18 Uhr", at(1, "18:00")),
        ("Freitag erinnere mich 2 Tage vorher um 9 Uhr", at(2, "09:00")),
        ("Freitag 15 Uhr erinnere mich am Abend vorher", at(1, "18:00")),
        ("Freitag 15 Uhr, 1 Stunde vorher erinnern", minutes(60)),
        ("Freitag 15 Uhr Erinnerung 1 Tag vorher um 18 Uhr und 2 Stunden vorher", [*at(1, "18:00"), *minutes(120)]),
        ("Freitag 15 Uhr mit Erinnerungen 1 Tag und 1 Stunde vorher", minutes(1440, 60)),
        ("Freitag 15 Uhr erinnere mich am Vorabend", at(1, "18:00")),
        ("Freitag 15 Uhr, erinnere mich eine halbe Stunde vorher", minutes(30)),
    ],
    "es-ES": [
        ("viernes 15:00 recuérdame 1 día y 1 hora antes", minutes(1440, 60)),
        ("viernes 15:00 recuérdame el día antes a las 18", at(1, "18:00")),
        ("viernes 15:00 recordatorio 2 horas antes", minutes(120)),
        ("viernes 15:00 recuérdame la noche antes", at(1, "20:00")),
        ("viernes 15:00 recuérdame 1 día antes a las 18 y 2 horas antes", [*at(1, "18:00"), *minutes(120)]),
    ],
}


@pytest.mark.parametrize(
    ("locale", "words", "expected"), [(locale, *case) for locale, cases in CASES.items() for case in cases]
)
def test_a_text_names_when_to_remind(locale: str, words: str, expected: list[dict[str, Any]]) -> None:
    answer = understood(f"Dentist {words}", locale=locale)
    fields = answer.fields.model_dump(mode="json", exclude_unset=True)
    lead_time = next((each["minutes_before"] for each in expected if "minutes_before" in each), None)
    assert (answer.title, answer.certain, fields["reminder_lead_time"]) == ("Dentist", True, lead_time)
    assert fields.get("reminders", minutes(lead_time) if lead_time is not None else []) == expected


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("friday 3pm remind 1d and 2h", "1 day before and 2 hours before"),
        ("friday 3pm remind me the day before at 6pm", "1 day before at 18:00"),
        ("friday 3pm remind me to", "When it is due"),
    ],
)
def test_the_label_says_all_of_them(words: str, label: str) -> None:
    [match] = [match for match in understood(f"Dentist {words}").matches if match.field == "reminder"]
    assert match.label == label


def test_a_time_of_the_day_before_may_be_of_either_half() -> None:
    [question] = understood("Dentist friday 3pm remind me a day before at 6").ambiguities
    assert [way.label for way in question.alternatives] == ["1 day before at 18:00", "1 day before at 06:00"]


def test_reminders_contradict_a_text_that_wants_none() -> None:
    [question] = understood("Dentist friday 3pm remind 1d no reminder").ambiguities
    assert [way.label for way in question.alternatives] == ["1 day before", "No reminder"]


@pytest.mark.parametrize(
    ("locale", "text", "title"),
    [
        ("en-GB", "reminder: 1 day pass friday", "reminder: 1 day pass"),
        ("en-GB", "Report friday 3pm remind 1 day before and 2 hours of prep", "Report and 2 hours of prep"),
        ("en-GB", "Standup every day 9am remind 10min and 5 min talk", "Standup and 5 min talk"),
        ("en-GB", "Email about app with reminders 2 days friday", "Email about app with reminders 2 days"),
        ("en-GB", "Meet friday remind me the day before 12 angry men", "Meet 12 angry men"),
        ("en-GB", "Meet friday 3pm remind me 2 business days before", "Meet remind me 2 business days before"),
        ("de-DE", "Treffen Freitag Erinnerung 1 Tag und 5 Stunden Wandern", "Treffen und 5 Stunden Wandern"),
        ("es-ES", "Cita viernes recordatorio 1 día y 5 horas de viaje", "Cita y 5 horas de viaje"),
    ],
)
def test_words_that_are_no_reminder_stay_in_the_title(locale: str, text: str, title: str) -> None:
    assert understood(text, locale=locale).title == title


@pytest.mark.parametrize(
    ("text", "reminders"),
    [
        ("3pm New York time friday remind 1 month before", minutes(31 * 1440)),
        ("3pm New York time friday remind me the day before at 6pm", minutes(21 * 60)),
        ("every friday 3pm New York time remind me the day before at 6pm", at(1, "18:00")),
    ],
)
def test_a_time_on_another_clock_than_that_of_the_task_is_counted_in_minutes(
    text: str, reminders: list[dict[str, Any]]
) -> None:
    fields = understood(f"Call {text}", locale="en-GB").fields.model_dump(mode="json", exclude_unset=True)
    assert fields.get("reminders", minutes(fields["reminder_lead_time"])) == reminders
