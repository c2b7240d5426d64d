"""What a message means as the answer to what was asked back."""

import re
from collections.abc import Sequence

from todo_backend.chat.rules import times
from todo_backend.chat.rules.decisions import Intent, Option, Question
from todo_backend.chat.rules.matching import content, is_in, words_of
from todo_backend.chat.rules.references import which
from todo_backend.chat.rules.sentences import stripped, tidy
from todo_backend.quick_add.meanings import Here

NO = re.compile(
    r"(?:no|nope|none|neither|none of (?:them|these|those)|never ?mind|cancel|forget it|nothing|stop|skip)",
    re.IGNORECASE,
)
YES = re.compile(
    r"(?:yes|yeah|yep|yup|sure|right|correct|exactly|that one|that|ok|okay|y|please do|do it|it)", re.IGNORECASE
)
ALL = re.compile(
    r"(?:both|all|all (?:of )?(?:them|those|these|three|four)|both of them|them|everything|every one|each)",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?:number |option |no\.? |#)?([0-9]{1,10})", re.IGNORECASE)
NEVER_MIND = Intent("never mind")


def direct(question: Question, text: str, here: Here) -> Intent | None:
    """Answers that are nothing else: they come before any other understanding of the message."""
    said = tidy(text).strip(" .!?")
    plain = stripped(said) if not YES.fullmatch(said) else said
    if NO.fullmatch(plain):
        return NEVER_MIND
    if question.options:
        found = picked(question, plain, here)
        if found is not None:
            return filled(question, found) if found else again(question)
    return dated(question, plain, here)


def picked(question: Question, text: str, here: Here) -> list[Option] | None:
    """The options that are meant; none of them if a number is said that they do not have."""
    options = question.options
    if YES.fullmatch(text) and len(options) == 1:
        return list(options)
    if ALL.fullmatch(text) and not question.numbered:
        return list(options)
    meant = which(text, here)
    if question.numbered and (number := NUMBER.fullmatch(text)):
        return list(options[int(number[1]) - 1 : int(number[1])]) if int(number[1]) else []
    if meant.numbers:
        wanted = {str(number) for number in meant.numbers}
        return [each for each in options if each.value in wanted] if wanted <= {each.value for each in options} else []
    if meant.places and all(abs(place) <= len(options) for place in meant.places):
        found = [options[place - 1 if place > 0 else place] for place in meant.places]
        return found[:1] if question.numbered else found
    return None


def dated(question: Question, text: str, here: Here) -> Intent | None:
    """Another date instead of those that were offered, or the one that was asked for."""
    if question.slot == "when" and times.read(text, here):
        return question.intent.having(when=text)
    if question.slot == "picks" and times.read(text, here) and "text" in question.intent.slots:
        return question.intent.having(text=f"{without_span(question)} {text}", picks="")
    if question.slot == "picks" and times.read(text, here) and "when" in question.intent.slots:
        return question.intent.having(when=text, picks="")
    return None


def without_span(question: Question) -> str:
    """The text without the words that were asked about, which the question quotes."""
    text = question.intent.get("text")
    quoted = re.match("“([^”]+)”", question.asked)
    return text.replace(quoted[1], " ") if quoted else text


def loose(question: Question, text: str, here: Here) -> Intent | None:
    """Words of an option's label, or what was asked for in free words."""
    said = stripped(tidy(text))
    if question.options:
        found = labelled(question.options, words(said, here))
        return filled(question, found) if found else None
    return question.intent.having(**{question.slot: said}) if said else None


def words(text: str, here: Here) -> list[str]:
    return content(which(text, here).words or text)


def labelled(options: Sequence[Option], wanted: Sequence[str]) -> list[Option]:
    found = [
        each for each in options if all(any(is_in(word, other) for other in words_of(each.label)) for word in wanted)
    ]
    exact = [each for each in found if content(each.label) == list(wanted)]
    return (exact or found) if wanted else []


def filled(question: Question, options: Sequence[Option]) -> Intent:
    """Several are asked about again where one only is wanted."""
    if question.numbered:
        return question.intent.having(**{question.slot: options[0].value})
    return question.intent.having(**{question.slot: ", ".join(each.value for each in options)})


def again(question: Question) -> Intent:
    """The number that was said is none of those that were offered."""
    return Intent("ask again", {"asked": question.asked})
