"""What a person can select in an MCP client: two resources (tasks due today, overdue tasks) and two prompts."""

from mcp.server.mcpserver import MCPServer

from todo_backend.mcp.caller import identify
from todo_backend.mcp.views import line
from todo_backend.tasks import listing
from todo_backend.tasks.listing import ListQuery
from todo_kit.runtime import Runtime
from todo_kit.text import one_line

MOST = 50
DAILY_REVIEW = """Review my day with me.
1. list_tasks with view "overdue", then with view "today", then list_notifications.
2. Tell me in a few lines what is overdue, what is due today in the order of the day, and what is important (High).
3. For each overdue task suggest one thing: do it today, another day, or drop it. Wait for my answer.
4. Only then change tasks, all of one kind in one call, and tell me what you changed."""
WEEKLY_PLAN = """Plan my week with me.
1. list_tasks with view "overdue", then with view "upcoming" and due_before the day a week from today.
2. Show me each day with its tasks, and the days that have too much in them.
3. Look at open tasks without a date (list_tasks with view "pending") and suggest days for the important ones.
4. Wait for my answer, then change the dates in one update_task call. Leave repeating tasks where they are unless I \
say so."""


async def lines(runtime: Runtime, view: str) -> str:
    caller = await identify(runtime)
    query = ListQuery.model_validate({"status": view, "sort": "due_date", "limit": MOST})
    page = await listing.page(runtime.database, caller.user.id, query, caller.now)
    shown = [line(task, caller) for task in page["items"]]
    text = [f"{each['id']}. {one_line(each['title'])} ({each.get('due', 'no date')})" for each in shown]
    more = [f"… and {page['total'] - len(text)} more"] if page["next_cursor"] else []
    return "\n".join([*text, *more]) or "Nothing."


def install(server: MCPServer[Runtime], runtime: Runtime) -> None:
    @server.resource("todo://tasks/today", title="Today", mime_type="text/plain")
    async def today() -> str:
        """Tasks that are due today, one a line."""
        return await lines(runtime, "today")

    @server.resource("todo://tasks/overdue", title="Overdue", mime_type="text/plain")
    async def overdue() -> str:
        """Tasks that are overdue, one a line."""
        return await lines(runtime, "overdue")

    @server.prompt(title="Daily review")
    def daily_review() -> str:
        """What is overdue and due today, and what to do about it."""
        return DAILY_REVIEW

    @server.prompt(title="Weekly plan")
    def weekly_plan() -> str:
        """The days to come, evened out."""
        return WEEKLY_PLAN
