"""Ways to ask for a change of tasks that there are."""

from todo_backend.chat.rules.checks import is_lead_of_a_task, is_time, says_every
from todo_backend.chat.rules.language import rows

LATER = "(?:push|postpone|delay|move|shift|bump|snooze|put off|defer|reschedule)"
SOONER = "(?:bring|pull|advance)"
NOTE = "(?:note|description|comment|details?)s?"
NOTES = (
    *rows(
        "note",
        "(?:add|put|write|attach|leave|append)(?: down)? (?:an? |the |this |another )?"
        + NOTE
        + " (?:to|on|for|in) {which}"
        "(?: ?:| that says| saying| that reads) ?{text}",
        "(?:add|put|write|attach|leave|append) (?:an? |the |this )?" + NOTE + " (?:to|on|for) {numbered},? {text}",
        "(?:add|put|append|write) {quote} (?:to|as|in|on|into) (?:an? |the )?" + NOTE + " (?:of|to|on|for|in) {which}",
        "(?:note|description|comment) (?:to|for|on|of) (?!self|me|myself){which} ?: ?{text}",
    ),
    *rows("ask note", "(?:add|put|write|attach|leave) (?:an? |another )?" + NOTE + " (?:to|on|for) {numbered}"),
    *rows(
        "describe",
        "(?:set|change|update|make|replace|edit) (?:the )?"
        + NOTE
        + " (?:of|for|on|in) {which} (?:to|as|with|by):? {text}",
        "describe {which} as:? {text}",
    ),
    *rows("clear", "{take} (?:the |all )?" + NOTE + " (?:of|from|for|on|in) {which}", field="description"),
    *rows(
        "tag",
        "(?:add|put|set|attach|give|assign) (?:the |an? )?(?:tags?|labels?) {tags} (?:to|on|for) {which}",
        "(?:add|put|set|attach|assign) {hashtags} (?:to|on) {which}",
        "(?:add|put|attach) (?:the )?{tag} (?:tag|label) (?:to|on) {which}",
        "(?:tag|label) {which} (?:with|as|by) {tags}",
        "(?:tag|label) {which} {hashtags}",
        "(?:give|tag) {which} (?:the )?(?:tags?|labels?) {tags}",
    ),
    *rows(
        "untag",
        "{take} (?:the )?(?:tags?|labels?) {tags} (?:from|of|off|on) {which}",
        "{take} {hashtags} (?:from|off) {which}",
        "{take} (?:the )?{tag} (?:tag|label) (?:from|off|on) {which}",
        "untag {which} (?:from|with|as) {tags}",
        "{take} (?:all |all the |the |every )?(?:tags?|labels?) (?:from|of|off|on) {which}",
        "untag {which}",
    ),
    *rows(
        "lead",
        "remind me {lead} (?:before|ahead of|prior to) {which}",
        "(?:set|add|put|create) (?:an? |the )?reminder {lead} (?:before|ahead of) {which}",
        "(?:set|add|put|create) (?:an? |the )?reminder (?:for|on|to|of) {which} (?:to |for |of |at )?{lead}"
        "(?: (?:before|early|earlier|ahead|in advance))?(?: (?:it is|it's) due)?",
        "remind me (?:about|of|for) {which} {lead} (?:before|early|earlier|ahead|in advance)(?: (?:it is|it's) due)?",
        "(?:set|change) (?:the )?reminder (?:of|for|on) {which} to {lead}(?: before)?",
        check=is_lead_of_a_task,
    ),
    *rows(
        "lead",
        "remind me (?:about|of|for) {numbered}(?: when it is due| when it's due)?",
        "(?:set|add|put|create) (?:an? |the )?reminder (?:for|on|to) {numbered}",
        lead="0 minutes",
    ),
    *rows(
        "clear",
        "(?:{take}|cancel|turn off|switch off|stop) (?:the |all )?reminders? (?:of|for|from|on) {which}",
        "no reminders? for {which}",
        "(?:do not|don't|dont) remind me (?:about|of) {which}",
        field="reminder_lead_time",
    ),
)
ROWS = (
    *rows(
        "reopen",
        "(?:reopen|re-open|uncomplete|un-complete|unmark|uncheck|untick|unfinish|reactivate) {which}",
        "(?:mark|set|make|put|change|flag) {which}(?: as| to| back to)? "
        "(?:not (?:yet )?{done}|incomplete|uncompleted|undone|pending|open|active|unfinished|to ?do|outstanding)",
        "{which}{is}{not}(?: actually| yet)? {done}(?: yet)?",
        "{which} (?:isn't|isnt|aren't)(?: actually| yet)? {done}(?: yet)?",
        "{i}(?:'ve| have|)(?: not|n't| did not| didn't| haven't) (?:actually )?(?:finish(?:ed)?|completed?|do|"
        "done) {which}",
        "open {which} again",
    ),
    *rows(
        "repeat never",
        "(?:stop|end|cancel|quit) (?:repeating|recurring|the repetition of|the recurrence of|the series of) {which}",
        "(?:stop|end|cancel) {which} (?:from )?(?:repeating|recurring)",
        "(?:make|let|have) {which} (?:not repeat|stop repeating|non-?repeating|non-?recurring|an? one-?off|no "
        "longer repeat)",
        "(?:do not|don't|dont|no longer) repeat {which}(?: any ?more)?",
        "{which} (?:should|does|must|shall)(?: not|n't| no longer) (?:repeat|recur)(?: any ?more)?",
        "{take} (?:the )?(?:repetition|recurrence|repeat|repeats) (?:of|from|for|on) {which}",
    ),
    *rows(
        "clear", "{take} (?:the )?(?:due ?dates?|dates?|deadlines?|due) (?:of|from|for|on) {which}", field="due_date"
    ),
    *rows(
        "delete series",
        "{remove} (?:the )?(?:whole |entire |complete |full )?series (?:of )?{which}",
        "{remove} (?:all|every) (?:the )?(?:future )?(?:occurrences?|repetitions?|repeats) (?:of|from) {which}",
        "{remove} {which} (?:and all (?:of )?its (?:repetitions|occurrences|repeats)|and its (?:whole )?series|"
        "for good)",
    ),
    *rows(
        "delete",
        "{remove} {which}",
        "(?:move|put|throw|send) {which} (?:to|in|into|away to) (?:the )?(?:trash|bin|trash can|rubbish)",
        "clear {which}",
        "{i} (?:do not|don't|dont) need {which}(?: any ?more)?",
    ),
    *rows("ask which", "{remove}(?: a| the| my)?(?: task)?", wanted="delete"),
    *rows(
        "restore",
        "(?:restore|undelete|un-delete|bring back|recover|untrash|get back) {which}",
        "(?:bring|get|take) {which} (?:back|out of the (?:trash|bin)|back from the (?:trash|bin))",
    ),
    *rows(
        "rename",
        "(?:rename|retitle) {which}(?: to| as| into| ?:) ?{text}",
        "(?:rename|retitle|call) {which} {quote}",
        "(?:change|set|update|edit|make) (?:the )?(?:title|name|text) of {which} (?:to|as|into):? {text}",
        "(?:change|set|update|edit) {which}'s (?:title|name) (?:to|as):? {text}",
    ),
    *rows(
        "priority",
        "(?:set|change|make|raise|lower|update|increase|decrease) (?:the )?priority (?:of|for|on) {which} (?:to|"
        "as|at|=) ?{level}",
        "(?:set|change|make|raise|lower|update) {which}'s priority (?:to|as) {level}",
        "{which}(?:'s)? priority (?:is|to|should be) {level}",
        "(?:make|set|mark|change|give|put|flag|raise|lower|bump|move|turn|treat)(?: up)? {which}"
        "(?: an?| as| to| at| on)? (?:very |really |the )?{level}(?:(?: |-)?(?:priority|prio))?",
        "(?:task |#){0,2}{which} is (?:very |really |super |of )?{level}(?: priority|-priority)?",
    ),
    *rows("priority", "prioriti[sz]e {which}", level="high"),
    *rows("priority", "de-?prioriti[sz]e {which}", level="low"),
    *rows(
        "complete",
        "(?:mark|set|tick|check|make|put|flag|cross|change|move)(?: off)? {which}(?: as| to| off as|:| off)? {done}",
        "(?:mark|check|tick|cross) {which} off(?: the list| {list})?",
        "(?:mark|tick|cross|check) off {which}",
        "(?:complete|finish|finalize|finalise|close|done with|resolve|wrap up|tick|check|accomplish) {which}",
        "(?:done|finished|completed):? {numbered}",
        "(?:done|finished|completed): {which}",
        "{which}{is}(?: now| all| already| finally)? {done}(?: now)?",
        "{which} (?:was|were|has been|have been|got)(?: now| all| already)? {done}",
        "{i}(?: am|'m|'ve| have)?(?: just| already| now| finally)? (?:finished|completed|done|did|done with|"
        "finished with) "
        "(?:with )?{which}",
    ),
    *rows(
        "ask which", "(?:complete|finish|mark)(?: a| the| my)?(?: task)?(?: as)?(?: done| complete)?", wanted="complete"
    ),
    *rows(
        "repeat",
        "(?:make|have|let|set|get) {which} (?:to )?(?:repeat|recur|repeating|recurring|be repeated)(?: itself)? {when}",
        "(?:set|change|make) (?:the )?(?:repetition|recurrence|repeat) (?:of|for) {which} (?:to|as) {when}",
        "repeat {which} {every}",
        "(?:make|set|change) {which}(?: to)? {every}",
        "{which} (?:repeats|recurs|should repeat|shall repeat) {every}",
        check=says_every,
    ),
    *rows(
        "shift",
        LATER + " (?:back|off|out) {which} (?:by |for )?{amount}",
        LATER + " {which}(?: back| out| off)? (?:by |for )?{amount}(?: later| back| out)?",
        way="later",
    ),
    *rows(
        "shift",
        LATER + " {which}(?: up)? (?:by |for )?{amount} (?:earlier|sooner)",
        SOONER + " {which}(?: forward| up| ahead)? (?:by )?{amount}(?: earlier| sooner)?",
        SOONER + "(?: forward| up) {which} (?:by )?{amount}",
        way="earlier",
    ),
    *rows(
        "move",
        "(?:set|change|update|make|move) (?:the )?(?:due ?date|due|date|deadline|time|due time) (?:of|for|on) {which} "
        "(?:to|as|for|on|at|=) ?{when}",
        "(?:set|change|update|move) {which}'s (?:due ?date|due|date|deadline|time|due time) (?:to|as) {when}",
        "(?:make|set|mark) {which} (?:to be )?due (?:(?:on|by|at|for) )?{when}",
        "{which} (?:is|should be|must be|are|is now) due (?:(?:on|by|at) )?{when}",
        "(?:the )?(?:due ?date|deadline) (?:of|for) {which} (?:is|should be|must be) {when}",
        "(?:give|set) {which} (?:an? |the )(?:due ?date|deadline) (?:of|for|on) {when}",
        "(?:move|reschedule|postpone|push|shift|delay|defer|bump|snooze|put off|bring|bring forward|advance|put|"
        "schedule)"
        " {which}(?: back| forward| out| off| up| ahead)? (?:to|until|till|for|on|by|over to) {when}",
    ),
    *rows(
        "move",
        "(?:move|reschedule|postpone|push|shift|delay|defer|bump|snooze|put off|schedule) {numbered} {when}",
        "(?:change|update|set|do) {numbered} (?:for|on|at|until) {when}",
        check=is_time,
    ),
    *rows("move", "(?:postpone|reschedule|delay|snooze|defer|put off|move) {which}"),
    *rows(
        "change",
        "(?:change|update|edit|set|turn|make|modify|switch|correct|fix|reword) {which}"
        "(?: to say| to read| to be| to| into| ?:) ?"
        "{text}",
        "(?:change|update|edit|set) {which} {quote}",
    ),
    *rows("ask change", "(?:change|update|edit|modify) {numbered}"),
)
