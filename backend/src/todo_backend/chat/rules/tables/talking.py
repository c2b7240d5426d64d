"""What is said to somebody rather than about tasks, and what takes back."""

from todo_backend.chat.rules.language import rows

LAST = "(?:that|it|this|the last (?:change|thing|step|one|action)|last change|my last change|what you(?: just)? did)"
ROWS = (
    *rows(
        "help",
        "(?:help|commands|examples|usage)(?: me| please)?",
        "what (?:all )?(?:can|could|do) (?:you|i) (?:do|say|ask|understand|know)(?: .{1,40})?",
        "how (?:does this|do you|do i|can i|can you) (?:work|use (?:this|you|it)|help(?: me)?|start)",
        "how can you help(?: me)?",
        "who are you",
        "what are you",
    ),
    *rows(
        "greet",
        "(?:hi|hello|hey|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day))(?:,? (?:there|assistant|todo|"
        "bot|you|all))?",
        "how are you(?: doing)?(?: today)?",
    ),
    *rows(
        "thank",
        "(?:ok(?:ay)?,? |great,? |perfect,? )?(?:thanks|thank you|thx|ty|cheers|great|perfect|awesome|nice|cool|"
        "ok|okay|"
        "good job|well done|very good|wonderful|excellent)"
        "(?:,? (?:thanks|thank you|a lot|so much|very much|job|work|you|then|again|for that|for your help)){0,3}",
    ),
    *rows("bye", "(?:bye|goodbye|good bye|bye bye|see you|see you later|good night|ciao)"),
    *rows(
        "never mind", "(?:never ?mind|forget (?:it|that|about it)|cancel|cancel that|no|nope|stop|nothing|abort|quit)"
    ),
    *rows(
        "undo",
        f"(?:undo|revert|reverse|roll back|rollback|unto)(?: {LAST})?",
        "(?:take|put|change|roll) (?:that|it|this|everything) back",
        f"take back {LAST}",
        "(?:i|we) did(?: not|n't|nt) (?:mean|want) (?:that|to do that|it|this)",
        "(?:that|this) was (?:wrong|a mistake|an error),? undo(?: it| that)?",
        "oops",
    ),
)
