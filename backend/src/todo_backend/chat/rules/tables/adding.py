"""Ways to ask for new tasks. The words of `text` are read by the quick-add language, what is quoted by nobody."""

from todo_backend.chat.rules.language import rows

MUST = (
    "(?: really| just| also)?"
    "(?: need to| have to|'ve to|'ve got to| have got to| got to| gotta| must| should| ought to)"
)
ROWS = (
    *rows("ask title", "(?:add|create|make|new)(?: an?| a new| new)? ?(?:task|to-?do|item|one)?", "remind me"),
    *rows(
        "add several",
        r"(?:please )?{add} (?:these |the following |some |a few |my )?(?:[0-9]{1,2} |two |three |four |five "
        r")?(?:new )?"
        "(?:tasks|to-?dos|to-do items|todo items|items|reminders)(?: for me)?(?: to {list}|: | to do: | for: |"
        ":\n| -? ?|\n)"
        "{text}",
        "(?:new )?(?:tasks|to-?dos)(?: ?: ?|\n){text}",
        long=True,
    ),
    *rows(
        "remind",
        "remind me(?: please)?,? {text}",
        "(?:set|add|create|make)(?: me)? (?:a |an |another )?(?:new )?(?:reminder|alarm)(?: to| for| about| "
        "that|:)? {text}",
        long=True,
    ),
    *rows(
        "add",
        "{add} {a}{level}(?: priority|-priority)? (?:task|to-?do|item)(?: to| for| called| named|:)? {text}",
        "{add} {a}(?:task|to-?do(?: item)?|item|entry|note|memo)(?! ?#?[0-9]+(?: |$))"
        "(?: in {list}| to {list}| on {list})?"
        "(?: to| for| that says| called| named| titled| saying| about| that| which says| with (?:the )?(?:title|name))?"
        "[:,-]* {text}",
        "(?:add|put|write|insert)(?: down)? {text} (?:to|on|onto|in|into) {list}",
        "(?:add|put) (?:to|on|onto) {list}[:,]? ?{text}",
        "new (?:task|to-?do|item|to-do item)[:,-]? ?{text}",
        "(?:task|to-?do|note to self|to do)(?: to)? ?[:-] ?{text}",
        "{i}(?: really| just| also)?(?: need to| have to|'ve got to| have got to| must| should| want to| ought "
        "to|'d like to)?"
        "(?: not forget| remember)(?: to| that i(?: have to| need to| must)?| about)? {text}",
        "(?:do not|don't|dont)(?: let me)?(?: ever)? forget(?: to| about| that)? {text}",
        "remember(?: to| that i(?: have to| need to| must)| that)? {text}",
        "{i}" + MUST + " {text}",
        "make sure(?: that)? {i} {text}",
        "schedule (?:an? |my ){text}",
        "add(?: ?: ?| ?- ?| ){text}",
        "\\+ ?{text}",
        long=True,
    ),
)
