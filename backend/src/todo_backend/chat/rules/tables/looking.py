"""Ways to ask for what there is: tasks, dates of a repetition, notices, history."""

from todo_backend.chat.rules.checks import is_view, is_view_of_something, repeats
from todo_backend.chat.rules.language import rows

ABOUT = "(?:about|regarding|concerning|on|with|mentioning|related to|to do with|containing|called|named|titled|for)"
NOTICES = "(?:reminders?|notifications?|notices?|alerts?)"
ROWS = (
    *rows(
        "preview",
        "preview(?: the)?(?: repetition(?: of)?| recurrence(?: of)?|:)? {when}",
        "when{is} {when}",
        "when (?:will|would|does|do) {when}(?: be| happen| occur| fall)?",
        "(?:{show} |what{is} )?(?:the )?(?:next )?(?:{count} )?(?:next )?(?:dates?|occurrences?|times|days) "
        "(?:of|for) {when}",
        check=repeats,
    ),
    *rows(
        "notices",
        "(?:{show} )?(?P<all>all )?(?:of )?{the}(?:new |unread |recent )?" + NOTICES + "(?: for me| today| yet)?",
        "(?:do {i} have|have {i} got|{i} have|are there|is there|got|what(?: are|'re|'s| is))? ?(?P<all>all )?{the}"
        "(?:new |unread |recent )?" + NOTICES + "(?: for me| today| yet)?",
        "what did {i} miss",
    ),
    *rows(
        "history",
        "what(?: has|'s)? happened (?:to|with) {which}",
        "who(?: has)?(?: last)? (?:changed|completed|finished|touched|edited|deleted|removed|created|added|"
        "moved|renamed|"
        "updated|made|did|reopened) {which}",
        "(?:{show} |what{is} )?(?:the )?(?:history|changes|log|audit|audit trail|audit log) (?:of|for|to|on) {which}",
        "when (?:was|were) {which} (?:changed|completed|created|added|deleted|done|finished|edited|made)",
        "when did {i} (?:complete|finish|create|add|change|delete|do|make) {which}",
        "what (?:was )?changed (?:on|in|about) {which}",
        "(?:show )?{which}'s history",
    ),
    *rows(
        "show",
        "(?:{show}|open|describe|what{is}|details (?:of|for|on)|tell me (?:more )?about)(?: the details (?:of|"
        "for))? {numbered}"
        "(?: in detail| about)?",
        "{numbered}",
        "(?:when|what time)(?: is|'s) {which} due",
        "when is the (?:deadline|due date) (?:of|for) {which}",
        "what(?: is|'s)? (?:the )?(?:due date|deadline|priority|description|status|date|tags?|notes?) (?:of|for|"
        "on) {which}",
        "(?:{show} )?(?:the )?(?:details|description|notes?) (?:of|for|on) {which}",
        "is {numbered} (?:{done}|open|pending|overdue)(?: yet| already)?",
    ),
    *rows(
        "count",
        "how many {view}",
        "(?:what(?: is|'s) )?(?:the )?(?:number|count|total) of {view}",
        "count {view}",
        check=is_view,
    ),
    *rows(
        "list",
        "(?:{show}|find|what{is}|what|which|whats) {view}",
        "(?:do {i} have|have {i} got|are there|is there|is|are|am i|got) {view}",
        check=is_view,
    ),
    *rows("list", "{view}", check=is_view_of_something),
    *rows(
        "search",
        "(?:find|search|look|looking|searching)(?: me)?(?: for| up| in my tasks for| my tasks for)?"
        "(?: (?:all |any |the |a |my )*(?:tasks?|to-?dos?|items?|everything|anything|something))?(?: "
        + ABOUT
        + ")? {text}",
        "(?:where|where's|where is|where are|locate|got|which)(?: is| are)? {text}",
        "(?:do {i} have|have {i} got|is there|are there|did {i} (?:write|note|add))"
        "(?: any| a| anything| something| any tasks?| a task| tasks?| some tasks?| an item)*(?: " + ABOUT + ") {text}",
        "(?:{show}|what|which)(?: all| the| my| any)*(?: tasks?| to-?dos?| items?| everything| anything)(?: i "
        "have| are there| do i have)?"
        "(?: " + ABOUT + "| that (?:mentions?|contains?|ha(?:ve|s)|are about|is about|says?)) {text}",
        "(?:any|anything|something)(?: tasks?| to-?dos?| items?)? " + ABOUT + " {text}",
        "(?:{show}) {text}",
    ),
)
