"""What a message means after the turn before: an answer to a question, a correction, or a request of its own."""

import re
from collections.abc import Sequence
from dataclasses import replace

from todo_backend.quick_add.meanings import Here
from todo_backend.rules import consent, values
from todo_backend.rules.grammar import LEVELS, SLOTS, phrases
from todo_backend.rules.parser import INQUIRY, LOOSE, TARGETED, parse, without_courtesies
from todo_backend.rules.references import ONE, content_words, has_all, reference_of
from todo_backend.rules.vocabulary import Memory, Option, Question, Request

ALL = re.compile(
    r"(?:both|all|all (?:of )?(?:them|those|these|three|four)|both of them|them|everything|each)", re.IGNORECASE
)
NUMBER = re.compile(r"(?:number |option |no\.? |#)?([0-9]{1,10})", re.IGNORECASE)
CORRECTION = re.compile(
    r"(?:(?:no|nope|wait|sorry|oops|actually|hmm|oh|wrong (?:one|task)|not that one)[,.!]? ?)*"
    r"(?:(?:i )?(?:meant|mean|said)|(?:it )?should be|rather|"
    r"make (?:it|that)|change (?:it|that) to|back to|(?:actually|no|wait|sorry),?)"
    r"(?: (?:the|to|on|for|at))? (?P<value>.{1,200})",
    re.IGNORECASE,
)
INSTEAD = re.compile(r"(?:spelled |called )?(?P<new>.{1,100}?),? (?:and )?not (?P<old>.{1,100})", re.IGNORECASE)
BARE = re.compile(r"(?=.*[^\W\d_]{3}).{3,200}", re.DOTALL)
NO_TASK = re.compile(
    r"(?:nah|nothing|just|you|you're|youre|i'm|im|i am|it's|its|that's|thats|this is|ugh|lol|haha|wow|hmm)\b|"
    rf".*\b(?:tasks|to-?dos)\b|(?:and )?{phrases('commands')} (?:it|that|this|them)\b",
    re.IGNORECASE,
)
"""Remarks, and requests that are not understood."""
MORE = re.compile(
    r"(?:(?:and|also|plus)(?: also| add| what about| how about)?|what about|how about) (?P<more>.{1,200})|"
    r"(?:and )?(?:do )?(?:the )?same (?:thing )?(?:for|with|to) (?P<same>.{1,200})|"
    r"(?P<too>.{1,200}?),? (?:too|as well)",
    re.IGNORECASE,
)
HOW_MANY = re.compile(r"(?:so )?how many (?:is|are|was|were) (?:that|this|those|these|they|it|there)", re.IGNORECASE)
BUT = re.compile(
    r"(?:yes|yeah|yep|ok|okay|sure|ja),? (?:but |and )?(?:for |on |at |make it )?(?P<value>.{1,100})", re.IGNORECASE
)
CHANGING = {"add", "rename", "change", "replace", "describe", "note"}
JUST = re.compile(r"^(?:only|just)(?: on)? ", re.IGNORECASE)
WEEKDAYS = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)days(?:(?:,| and|, and) \w+days)*", re.IGNORECASE)
MEANT = re.compile(
    r"\b(?:meant|mean|said|should be|rather|call it|make (?:it|that)|change (?:it|that))\b", re.IGNORECASE
)
REFUSAL = re.compile(r"(?:no|nope|wait|sorry|oops|i meant|not|wrong)\b", re.IGNORECASE)
ONLY = re.compile(
    r"(?:no,? )?(?:only|just)(?: for)? (?P<target>.{1,100}?(?: ones?| tasks?| stuff| things?))", re.IGNORECASE
)
ONLY_TAG = re.compile(r"(?:and )?(?:only|just) #?(?P<tag>[^\W\d]{2,30})", re.IGNORECASE)
DUE = re.compile(r"^(?:(?:it'?s )?(?:due|for|on|by|start|starts|starting|beginning)(?: on| by| from)? )", re.IGNORECASE)
LEVEL = re.compile(rf"(?:and )?(?:with )?{SLOTS['level']}", re.IGNORECASE)
STARTS = re.compile(r"start|begin", re.IGNORECASE)
TIME = re.compile(r"(?:at )?(?:\d{1,2}(?:[:.]\d\d)?(?: ?[ap]m)?|noon|midnight)", re.IGNORECASE)
REMARK = re.compile(r"[,.;!] ?|\b(?:and|so|please|(?:you|u) can|can (?:you|u)) ", re.IGNORECASE)
LONGEST_REMARK = 200
MOST_REMARKS = 4
STOP, AGAIN = Request("stop"), Request("again")


def meaning(text: str, memory: Memory, here: Here) -> tuple[Request, ...]:  # noqa: PLR0911 - one for each kind
    said = " ".join(text.split())
    if consent.is_no(said):
        return (STOP,)
    question = memory.question
    if question and (found := _answer(question, said, here)):
        return found
    if found := _correction(said, memory, here) or _narrowed(said, memory) or _value_of_new(said, memory, here):
        return found
    found = parse(text, here)
    if not found or found[0].detail in LOOSE:
        found = _remarked(said, here) or found
    if question and (not found or (question.options and found[0].intent in {"list", "search", "show", "count"})):
        return _loose_answer(question, without_courtesies(said), here) or found or (AGAIN,)
    if found:
        return found
    if more := _continued(said, memory.requests, here):
        return more
    if consent.is_yes(said):
        return (Request("nothing asked"),)
    meant = reference_of(said, here)
    if meant.pronoun or meant.places:
        return (Request("unknown"),)
    asks = said.endswith("?") or INQUIRY.match(said)
    bare = BARE.fullmatch(said) and not asks and not NO_TASK.match(said)
    return (Request("offer", text=without_courtesies(said)) if bare else Request("guess", text=said),)


def _remarked(said: str, here: Here) -> tuple[Request, ...]:
    """Reads "I watered the plants, tick it off": "it" is the task that the remark is about."""
    for split in list(REMARK.finditer(said, 1))[:MOST_REMARKS] if len(said) <= LONGEST_REMARK else ():
        found = parse(said[split.end() :], here)
        if len(found) == 1 and found[0].intent in TARGETED and ONE.fullmatch(found[0].target.lower()):
            return Request("remark", text=said[: split.start()]), found[0]
    return ()


def _answer(question: Question, said: str, here: Here) -> tuple[Request, ...]:
    """Returns the requests to execute, or none if the message is no direct answer."""
    if consent.is_yes(said):
        if question.slot == "confirm":
            return question.requests
        return _completed(question, question.options) if len(question.options) == 1 else ()
    if question.slot == "confirm" and (but := BUT.fullmatch(said)) and values.read(but["value"], here):
        first, *rest = question.requests
        return (replace(first, text=f"{first.text} {but['value']}"), *rest)
    if question.slot == "confirm" and (more := _continued(said, question.requests[:1], here)):
        return (*question.requests, *more)
    plain = without_courtesies(said)
    if corrected := CORRECTION.fullmatch(plain):
        plain = corrected["value"]
    if question.options and (picked := _picked(question, plain, here)) is not None:
        return _completed(question, picked) if picked else (AGAIN,)
    return _dated(question, plain, here)


def _picked(question: Question, text: str, here: Here) -> Sequence[Option] | None:
    """Returns None if the text picks nothing, and no option if it picks one that does not exist."""
    options = question.options
    by_place = question.slot == "picks"
    if ALL.fullmatch(text) and not by_place:
        return options
    if by_place and (number := NUMBER.fullmatch(text)):
        return options[int(number[1]) - 1 : int(number[1])] if int(number[1]) else ()
    meant = reference_of(text, here)
    if meant.numbers:
        wanted = {str(number) for number in meant.numbers}
        found = [option for option in options if option.value in wanted]
        return found if len(found) == len(wanted) else ()
    if meant.places and all(abs(place) <= len(options) for place in meant.places):
        return [options[place - 1 if place > 0 else place] for place in meant.places]
    return None


def _dated(question: Question, text: str, here: Here) -> tuple[Request, ...]:
    """A date that was asked for, or another one than those that were offered."""
    first, *rest = question.requests
    if values.read(text, here) is None:
        return ()
    if question.slot == "picks" and first.intent in {"move", "change"}:
        both = f"{first.text} {text}"
        return (replace(first, text=both if values.read(both, here) else text, picks=()), *rest)
    if first.intent == "move":
        return (replace(first, text=text, picks=()), *rest)
    if question.slot == "picks":
        quoted = re.match("“([^”]+)”", question.text)
        before = first.text.replace(quoted[1], " ") if quoted else first.text
        return (replace(first, text=f"{before} {text}", picks=()), *rest)
    return ()


def _loose_answer(question: Question, said: str, here: Here) -> tuple[Request, ...]:
    """Words of an option, or any words if no options were offered."""
    first, *rest = question.requests
    if question.options:
        wanted = content_words(reference_of(said, here).words or said)
        found = [option for option in question.options if wanted and has_all(wanted, [option.label])]
        exact = [option for option in found if content_words(option.label) == wanted]
        return _completed(question, exact or found) if found else ()
    match question.slot:
        case "title":
            return (replace(first, text=f"{said} {first.text}"), *rest)
        case "target":
            return (replace(first, target=said), *rest)
        case "text":
            return (replace(first, text=said.removeprefix("to ")), *rest)
        case _:
            return ()


def _continued(said: str, requests: tuple[Request, ...], here: Here) -> tuple[Request, ...]:
    """Reads "and bread" or "bread too" as the same request for another task, or a list of others."""
    plain = without_courtesies(said)
    match = MORE.fullmatch(plain) or MORE.fullmatch(said)
    if not match or len(requests) != 1:
        return ()
    words, [last] = match["more"] or match["same"] or match["too"], requests
    if last.intent == "add":
        return () if match["same"] else (Request("add", text=words),)
    if last.intent in {"list", "search", "count"}:
        return parse(f"show {words}", here)
    if last.intent == "move" and (date := values.date_words(words, here)[0]):
        return (Request("move", values.understood(words, here).title, date),)
    same = last.intent in TARGETED or (last.intent == "change" and values.read(last.text, here))
    return (replace(last, target=words, picks=()),) if same else ()


def _completed(question: Question, options: Sequence[Option]) -> tuple[Request, ...]:
    first, *rest = question.requests
    if question.slot == "picks":
        return (replace(first, picks=(*first.picks, int(options[0].value))), *rest)
    return (replace(first, target=", ".join(option.value for option in options)), *rest)


def _correction(said: str, memory: Memory, here: Here) -> tuple[Request, ...]:  # noqa: PLR0911 - one for each kind
    """Reads "No, I meant Friday": another value for the tasks just changed, or the same change of another task."""
    match = CORRECTION.fullmatch(without_courtesies(said)) or CORRECTION.fullmatch(said)
    if not match or not memory.touched or len(memory.requests) != 1:
        return ()
    value, [last] = match["value"].strip(" .!"), memory.requests
    if last.intent not in TARGETED | CHANGING:
        return ()
    target = ", ".join(str(task["id"]) for task in memory.touched)
    value = JUST.sub("", value)
    value = f"at {value}" if value.isdecimal() else value  # "make it 12" is no title
    if WEEKDAYS.fullmatch(value) and (found := values.read(f"every {value}", here)):
        return (Request("repeat", target, f"every {value}"),)
    if values.read(value, here) is None and values.read(f"the {value}", here):
        value = f"the {value}"
    if (found := values.read(value, here)) and "due_date" in found.fields:
        return (Request("repeat" if "recurrence_pattern" in found.fields else "move", target, value),)
    if value.lower().removesuffix(" priority") in LEVELS:
        return (Request("priority", target, value.lower().removesuffix(" priority")),)
    if instead := INSTEAD.fullmatch(value):
        before = str(memory.touched[0].get("title", ""))
        title = re.sub(re.escape(instead["old"]), lambda _: instead["new"], before, flags=re.IGNORECASE)
        return (Request("rename", target, title),) if title != before else ()
    is_command = parse(said, here) or _remarked(value, here)
    if last.intent in {"add", "rename"} and not is_command:
        before = str(memory.touched[0].get("title", ""))
        is_meant = MEANT.search(said) or set(content_words(value)) & set(content_words(before))
        return (Request("rename" if is_meant else "offer rename", target, value),)
    if last.intent in TARGETED and REFUSAL.match(match.string) and not is_command:
        undone = () if last.intent in {"show", "history"} else (Request("undo"),)
        return (*undone, replace(last, target=value))
    return ()


def _narrowed(said: str, memory: Memory) -> tuple[Request, ...]:
    """Reads "only the work ones": the request before, for these tasks alone. What it has changed is undone first."""
    if [request.intent for request in memory.requests] == ["list"]:
        [listed] = memory.requests
        if HOW_MANY.fullmatch(without_courtesies(said)):
            return (replace(listed, intent="count"),)
        if tag := ONLY_TAG.fullmatch(said):
            return (replace(listed, text=f"{listed.text} #{tag['tag']}".strip()),)
    match = ONLY.fullmatch(without_courtesies(said))
    if not match or len(memory.requests) != 1 or memory.requests[0].intent not in TARGETED - {"show", "history"}:
        return ()
    undone = (Request("undo"),) if memory.touched else ()
    return (*undone, replace(memory.requests[0], target=match["target"], picks=()))


def _value_of_new(said: str, memory: Memory, here: Here) -> tuple[Request, ...]:
    """Reads a date or priority alone as that of the task of the turn before, and a time alone if it has a date."""
    if len(memory.touched) != 1 or len(memory.requests) != 1:
        return ()
    if memory.requests[0].intent not in {"add", "reopen", "restore", "move", "repeat"}:
        return ()
    plain = without_courtesies(said)
    if memory.requests[0].intent == "add" and (level := LEVEL.fullmatch(plain)):
        return (Request("priority", str(memory.touched[0]["id"]), level["text"]),)
    text = DUE.sub("", plain)
    if "due" in memory.touched[0] and not (TIME.fullmatch(text) or STARTS.match(plain)):
        return ()
    found = values.read(text, here)
    if found is None or "due_date" not in found.fields:
        return ()
    return (Request("repeat" if "recurrence_pattern" in found.fields else "move", str(memory.touched[0]["id"]), text),)
