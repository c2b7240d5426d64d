"""The sentences: patterns with {slots}, each with the intent that it stands for. The first match counts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

LEVELS = {
    "high": "High", "highest": "High", "top": "High", "urgent": "High", "important": "High", "critical": "High",
    "p1": "High", "medium": "Medium", "normal": "Medium", "p2": "Medium", "low": "Low", "lowest": "Low", "p3": "Low",
    "p4": "Low",
}  # fmt: skip
COUNTS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
UNIT = "(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)"
SLOTS = {
    "target": r"""(?P<target>"[^"]{1,200}"|'[^']{1,200}'(?![a-z])|.{1,300}?)""",
    "numbered": r"(?P<target>(?:(?:the |my )?(?:task|to-?do|item|number|no\.?|nr\.?) ?#?|#) ?[0-9]{1,12})",
    "it": "(?P<target>it|that|this|them|those|these|that one|this one|the last one)",
    "text": "(?P<text>.+)",
    "quote": r"""(?P<text>"[^"]+"|'[^']+')""",
    "short": r"(?P<text>[^\s]{1,50})",
    "hashtags": r"(?P<text>#[^\s#]{1,50}(?:,? (?:and )?#[^\s#]{1,50}){0,19})",
    "level": rf"(?:very |really |super |the )?(?P<text>{'|'.join(LEVELS)})(?:[- ]?(?:priority|prio))?",
    "span": rf"(?P<text>(?:[0-9]{{1,5}}|an?|another|{COUNTS}|half an)(?: more)? {UNIT}|[0-9]{{1,5}} ?[mhdw])",
    "every": r"(?P<text>(?:each|every|once an?|once per|daily|weekly|monthly|yearly|annually|quarterly|biweekly|"
    r"fortnightly|on weekdays|weekdays|weekends|nightly)\b.{0,300})",
    "add": "(?:add|create|make|set up|put|write|jot|note|enter|insert|start|record)(?: down)?(?: me)?",
    "a": "(?:an? |another |the |one more |my )?(?:new |quick )?",
    "task": "(?:tasks?|to-?dos?|to-?do items?|items?|entry)(?! ?#?[0-9]+(?: |$))",
    "count": rf"(?P<detail>[0-9]{{1,2}}|{COUNTS}|few)",
    "list": r"(?:my |the )?(?:to-?do |task |shopping |grocery )?(?:list|tasks|to-?dos|agenda|plate)",
    "done": "(?:completed?|done|finished?|closed|checked(?: off)?|ticked(?: off)?)",
    "remove": "(?:delete|remove|erase|trash|discard|get rid of|drop|throw away|throw out|bin|scrap|cancel|clear|rm|del)",
    "take": "(?:remove|delete|drop|take|clear|strip|erase|cancel)",
    "show": "(?:show|list|display|view|see|give|get|print|tell|read|check|pull up)(?: me)?",
    "set": "(?:set|change|update|make|put|edit|turn|switch|mark|flag|move|give|raise|lower|bump|treat)",
    "later": "(?:push|postpone|delay|snooze|defer|put off|move|shift|bump|extend|reschedule)",
    "i": "(?:i|we)",
    "is": "(?: is|'s| are|'re|s)?",
    "now": "(?: now| all| already| finally| just)?",
    "note": "(?:notes?|comments?|descriptions?|details?)",
    "due": "(?:due ?dates?|dates?|deadlines?|due times?|times?|due)",
}


@dataclass(frozen=True)
class Row:
    intent: str
    pattern: str
    detail: str = ""

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        pattern = self.pattern
        for name, slot in SLOTS.items():
            pattern = pattern.replace("{" + name + "}", slot)
        return re.compile(pattern.replace(" ", r"[ \n]"), re.IGNORECASE | re.DOTALL)


def _rows(intent: str, *patterns: str, detail: str = "") -> Iterator[Row]:
    return (Row(intent, pattern, detail) for pattern in patterns)


LAST = "(?:that|it|this|the last (?:change|thing|step|one|action)|(?:my )?last change|what you(?: just)? did)"
TALK = (
    *_rows("help", "(?:help|commands|examples)(?: me)?", "what (?:all )?(?:can|do) (?:you|i) (?:do|say|ask|understand)(?: .{1,40})?",
           "how (?:does this|do you|do i|can i|can you) (?:work|use (?:this|you|it)|help(?: me)?|start)",
           "(?:who|what) are you"),
    *_rows("greet", "(?:hi|hello|hey|hiya|yo|good (?:morning|afternoon|evening|day))(?: (?:there|all|again|todo))?",
           "how are you(?: doing)?(?: today)?", "what'?s up"),
    *_rows("thank", "(?:thanks|thank you|thx|ty|cheers|great|perfect|awesome|nice|cool|ok(?:ay)?|good job|well done)"
           "(?:,? (?:thanks|thank you|a lot|so much|very much|job|work|then|again|for .{1,30})){0,3}"),
    *_rows("bye", "(?:bye|good ?bye|bye bye|see you(?: later)?|good night|ciao)"),
    *_rows("stop", "(?:never ?mind|forget (?:it|that|about it)|cancel(?: that)?|nothing|abort|quit)",
           "(?:do not|don't|dont|never|please don't) (?!forget|let me|remind|need|repeat)(?:you )?[a-z]+ .{1,200}"),
    *_rows("undo", f"(?:undo|revert|reverse|roll back|rollback)(?: {LAST})?", f"take back {LAST}", "oops",
           "(?:take|change|roll) (?:that|it|this|everything) back", "(?:go|change it) back",
           "{i} did(?: not|n't|nt) (?:mean|want) (?:that|to do that|it|this)", "that was (?:wrong|a mistake)",
           "mach (?:das|es) rückgängig", "rückgängig(?: machen)?", "annuler?", "deshacer"),
    *_rows("cannot", "(?:call|phone|ring|email|text|message|order|book|buy|pay|send) .{1,80} (?:for me|on amazon|online)",
           "(?:sync|connect|integrate|import|export|share|print)(?: .{1,80})?", "(?:empty|purge) (?:the |my )?(?:trash|bin)",
           "(?:what{is} |how{is} )(?:the )?(?:weather|news|time)(?: .{1,40})?"),
)  # fmt: skip
FIELDS = (
    *_rows("note", "(?:add|put|write|attach|leave) (?:a |the |an? new )?{note} (?:to|on|for|of|in) {target}[:,] ?{text}",
           "(?:add|put|write|attach|leave) (?:a |the )?{note} (?:to|on|for) {numbered} {text}",
           "(?:add|put|write) {text} (?:to|in) (?:the )?{note} (?:of|for|on) {target}",
           "note (?:to|on|for) (?!self){target}: ?{text}"),
    *_rows("describe", "{set} (?:the )?{note} (?:of|for|on) {target} (?:to|as|with):? {text}",
           "describe {target} as:? {text}"),
    *_rows("tag", "(?:add|put|set|attach|give|assign) (?:the |an? )?(?:tags?|labels?) (?P<text>.{1,200}?) "
           "(?:to|on|for) {target}", "(?:add|put|attach) {hashtags} (?:to|on) {target}",
           "(?:add|put|attach) (?:the )?{short} (?:tag|label) (?:to|on) {target}",
           "(?:tag|label) {target} (?:with|as|by) (?P<text>.{1,200})", "(?:tag|label|{set}) {target} {hashtags}"),
    *_rows("untag", "{take} (?:the )?(?:tags?|labels?) (?P<text>.{1,200}?) (?:from|of|off|on) {target}",
           "{take} {hashtags} (?:from|off) {target}",
           "{take} (?:the )?{short} (?:tag|label) (?:from|off|on) {target}",
           "untag {target}(?: (?:from|with|as) (?P<text>.{1,200}))?",
           "{take} (?:all |all the |the |every )?(?:tags?|labels?) (?:from|of|off|on) {target}"),
    *_rows("clear", "{take} (?:the |all )?{note} (?:of|from|for|on|in) {target}", detail="description"),
    *_rows("clear", "(?:{take}|turn off|switch off|stop) (?:the |all )?reminders? (?:of|for|from|on) {target}",
           "no reminders? for {target}", "(?:do not|don't|dont|stop) remind(?:ing)? me (?:about|of) {target}",
           detail="reminder_lead_time"),
    *_rows("clear", "{take} (?:the )?{due} (?:of|from|for|on) {target}", detail="due_date"),
    *_rows("clear", "(?:stop|end|quit) (?:repeating|recurring) {target}",
           "(?:stop|end|cancel) {target} (?:from )?(?:repeating|recurring)",
           "(?:make|let) {target} (?:not repeat|stop repeating|no longer repeat|a one-?off)",
           "(?:do not|don't|dont) repeat {target}(?: any ?more)?",
           "{target} (?:should|does)(?: not|n't| no longer) (?:repeat|recur)(?: any ?more)?", detail="recurrence"),
    *_rows("lead", "remind me {span} (?:before|ahead of|prior to) {target}",
           "(?:set|add|create) (?:an? |the )?reminder {span} (?:before|ahead of) {target}",
           "(?:set|add|create|change) (?:an? |the )?reminder (?:for|on|to|of) {target} (?:to |for |at )?{span}"
           "(?: (?:before|early|earlier|ahead|in advance))?",
           "remind me (?:about|of|for) {target} {span} (?:before|early|earlier|ahead|in advance)"),
    *_rows("lead", "remind me (?:about|of|for) {numbered}", "(?:set|add) (?:an? )?reminder (?:for|on|to) {numbered}",
           "remind me (?:about|of) {it}"),
)  # fmt: skip
ADD = (
    *_rows("ask title", "{add}(?: {a}{task})?", "(?:new|another) (?:task|to-?do)", "remind me"),
    *_rows("add", "(?:remind me|set (?:a |up a )?reminder|create a reminder)(?: (?:to|about|of|that))? {text}",
           detail="remind"),
    *_rows("add several", "{add} (?:these|the following)(?: tasks| items)?: {text}",
           "{add} (?:these |the following |some |a few |[a-z0-9]{1,9} )?(?:tasks|to-?dos|items):? {text}"),
    *_rows("add", "{add} {a}{task}(?: to| for| of| called| named| titled| about| that says)?:? {text}",
           "{add} an? {level} (?:task|to-?do|item)(?: to| for| called)?:? (?P<more>.+)",
           "{add} (?:to|on) {list}:? {text}", "{add} {text} (?:to|on|onto|in) {list}",
           "(?:new |another )?(?:task|to-?do|reminder)s?: ?{text}", "(?:new|another) (?:task|to-?do|reminder) {text}",
           "(?:add|create|jot down|write down|note down) {text}"),
    *_rows("add", "(?:do not|don't|dont)(?: let me)? forget(?: to| about| that)? {text}",
           "{i} (?:need to|have to|must|want to) remember(?: to)? {text}", "remember(?: to| that i (?:need|have) to) {text}",
           "note to self:? {text}", "make sure(?: that)? {i} {text}"),
    *_rows("offer", "{i} ?(?:need to|have to|'ve got to|gotta|got to|must|should|ought to|want to|would like to|"
           "wanna|am supposed to) {text}"),
    *_rows("offer", "remember {text}"),
    *_rows("add", "(?:put|add|save|note) {quote} as an? {task}"),
)  # fmt: skip
ACTS = (
    *_rows("reopen", "(?:reopen|re-open|uncomplete|unmark|uncheck|untick|unfinish|reactivate) {target}",
           "(?:mark|set|make|put|change|flag) {target}(?: as| to| back to)? "
           "(?:not (?:yet )?{done}|incomplete|uncompleted|undone|pending|open|active|unfinished|to ?do)(?: again)?",
           "{target}(?: is|'s| are|'re)?(?: not|n't)(?: actually| yet)? {done}(?: yet)?",
           "{i} (?:have|did)(?: not|n't|nt)(?: actually)? (?:finish|finished|complete|completed|do|done) "
           "{target}(?: yet)?", "open {target} again"),
    *_rows("delete", "{remove} (?:the )?(?:whole |entire |complete )?series (?:of )?{target}",
           "{remove} (?:all|every) (?:the )?(?:future )?(?:occurrences?|repetitions?|repeats) of {target}",
           "{remove} {target} (?:and all (?:of )?its (?:repetitions|occurrences)|for good)", detail="series"),
    *_rows("delete", "{remove} {target}", "(?:put|throw|move|send) {target} (?:to|in|into|away to) (?:the )?(?:trash|bin)", "(?:throw|toss) {target} (?:out|away)",
           "{i} (?:do not|don't|dont|no longer) need {target}(?: any ?more)?"),
    *_rows("restore", "(?:restore|undelete|un-delete|bring back|recover|untrash|get back) {target}",
           "(?:bring|get|take|put) {target} (?:back|out of the (?:trash|bin))"),
    *_rows("rename", "(?:rename|retitle) {target}(?: to| as| into| ?:) ?{text}", "(?:rename|call) {target} {quote}",
           "{target} ?(?:->|=>|\u2192) ?{text}", "{set} (?:the )?(?:title|name|text) of {target} (?:to|as|into):? {text}"),
    *_rows("priority", "{set} (?:the )?priority (?:of|for|on) {target} (?:to|as|at|=) ?{level}",
           "{set} {target}'s priority (?:to|as) {level}", "{target}(?:'s)? priority (?:is|to|should be) {level}",
           "{set}(?: up)? {target}(?: an?| as| to| at| on| is)? {level}", "{target} is (?:of )?{level}"),
    *_rows("priority", "prioriti[sz]e {target}", detail="high"),
    *_rows("priority", "de-?prioriti[sz]e {target}", detail="low"),
    *_rows("complete", "(?:mark|set|tick|check|make|put|flag|cross|change|move)(?: off)? {target}"
           "(?: as| to| off as|:| off)? {done}", "(?:mark|check|tick|cross|strike) off {target}",
           "(?:check|tick|cross|strike) {target} off(?: (?:the|my)?.{0,12}list)?",
           "(?:complete|finish|close|done with|wrap up|tick|check off|tick off|cross off|accomplish) {target}",
           "(?:done|finished|completed):? {numbered}", "{target}(?: is|'s| are|'re| was| were| has been){now} {done}",

           "{i}(?: am|'m|'ve| have)?{now} (?:finished|completed|done|did|done with|finished with)(?: with)? {target}"),
    *_rows("complete", "(?:{i}(?:'ve| have)? )?(?:just |already )?(?P<target>(?:[a-z]{2,12}ed|bought|paid|wrote|sent|"
           "made|got(?! (?:any|some))|took|did(?! (?:i|we) )|went|met|read|sold|brought|built|found|fed|cut|put|ran|told|taught) .{1,100})", detail="past"),
    *_rows("complete", r"(?P<target>\S{1,50}(?: \S{1,50}){0,3}){now} {done}", detail="state"),
    *_rows("ask target", "{remove}(?: a| the| my)?(?: task)?", detail="delete"),
    *_rows("ask target", "(?:complete|finish|mark|done|finished|completed)(?: a| the| my)?(?: task)?(?: as)?(?: done)?", detail="complete"),
    *_rows("ask target", "{later}", detail="move"),
    *_rows("repeat", "(?:make|have|let|set|get) {target} (?:to )?(?:repeat|recur|repeating|be repeated) {text}",
           "(?:repeat|make|set|change|move) {target}(?: to)? {every}", "{target} (?:repeats|should repeat) {every}"),
    *_rows("shift", "{later}(?: back| off| out)? {target}(?: back| out| off)? (?:by |for )?{span}(?: later| back)?",
           detail="later"),
    *_rows("shift", "(?:move|bring|pull|shift)(?: forward| up)? {target}(?: forward| up| ahead)? (?:by )?{span}"
           "(?: earlier| sooner)?", detail="earlier"),
    *_rows("move", "{later} {numbered} {text}"),
    *_rows("move", "{set} (?:the )?{due} (?:of|for|on) {target} (?:to|as|for|on|at|=) ?{text}",
           "(?:make|set|mark) {target} (?:to be )?due (?:(?:on|by|at|for) )?{text}",
           "{target} (?:is|should be|must be) due (?:(?:on|by|at) )?{text}",
           "(?:the )?{due} (?:of|for) {target} (?:is|should be) {text}",
           "(?:{later}|bring|advance|put|schedule|do) {target}(?: back| forward| out| off| up)? "
           "(?:to|until|till|for|on|by|over to|at) {text}"),
    *_rows("move", "(?P<target>it|that|them|all of them|both(?: of them)?) (?:for|on|to|by|at) {text}", "{later} {target}"),
    *_rows("change", "(?:change|update|edit|set|turn|make|modify|switch|correct|fix|reword) {target}"
           "(?: to say| to be| to| into| ?:) ?{text}", "(?:change|update|edit|set|make) {numbered} {text}",
           "(?:change|update|edit|set) {target} {quote}", "make {it} {text}"),
    *_rows("ask change", "(?:change|update|edit|modify|rename) {target}"),
)  # fmt: skip
ABOUT = "(?:about|regarding|concerning|on|with|mentioning|containing|called|named|for)"
QUERIES = (
    *_rows("preview", "preview(?: the)?(?: repetition(?: of)?| recurrence(?: of)?|:)? {text}", "when{is} {text}",
           "(?:{show} |what{is} )?(?:the )?(?:next )?(?:{count} )?(?:next )?(?:dates?|occurrences?|times|days) "
           "(?:of|for) {text}"),
    *_rows("notices", "(?:{show} |any |do {i} have |are there |what{is} )?(?:any |my |the |new )*(?P<detail>all )?(?:any |my |the |new )*"
           "(?:reminders|notifications|notices|alerts)(?: for me| today| yet| do {i} have| are there)?", "what did {i} miss"),
    *_rows("count", "(?:how many|count|(?:what{is} )?(?:the )?number of) {text}"),
    *_rows("search", "is (?:there )?(?P<text>.{1,100}?) (?:still )?(?:on|in) (?:my|the) (?:to-?do )?list(?: yet| already| still)?"),
    *_rows("list", "(?:sort|order) (?:them |it |tasks )?by (?:due )?date",
           "what should {i} (?:do|start with|work on)(?: first| next| now)?", "(?:{show}|find|what|which|what{is}|do {i} have|have {i} got|got|are there|is there|is|are|am i) {text}",
           "{text}"),
    *_rows("history", "what(?: has|'s)? happened (?:to|with) {target}",
           "who (?:last )?(?:changed|completed|finished|edited|deleted|removed|created|added|moved|renamed) {target}",
           "(?:{show} |what{is} )?(?:the )?(?:history|changes|log) (?:of|for|to|on) {target}",
           "when (?:was|were) {target} (?:changed|completed|created|added|deleted|done|finished|edited)",
           "when did {i} (?:complete|finish|create|add|change|delete|do|make) {target}"),
    *_rows("show", "(?:{show} |open |what{is} |tell me about )?{numbered}", "(?:when|what time){is} {target} due",
           "when{is} (?:the )?{target}", "(?:what{is} |{show} )?(?:the )?(?:{due}|priority|tags?|{note}|status) "
           "(?:of|for|on) {target}", "is {target}{now} {done}(?: yet)?",
           "(?:did|have) {i}(?: already)? (?:deleted?|completed?|finish|finished|do|done) {target}(?: yet)?"),
    *_rows("search", "(?:find|search|look|looking|locate)(?: me)?(?: for| up)?"
           "(?: (?:all |any |the |a |my )*(?:tasks?|to-?dos?|items?|anything|something))?(?: " + ABOUT + ")? {text}",
           "(?:where(?: is|'s| are)|do {i} have|have {i} got|is there|are there|any|anything|something|{show}|what|which)"
           "(?: (?:any|a|all|the|my|anything|something|everything|tasks?|to-?dos?|items?))*"
           "(?: " + ABOUT + "| that (?:mentions?|contains?|says?))? {text}"),
)  # fmt: skip
ROWS: tuple[Row, ...] = (*TALK, *FIELDS, *ADD, *ACTS, *QUERIES)
