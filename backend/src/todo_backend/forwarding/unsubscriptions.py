"""The link in mails about reminders, which works without signing in (RFC 8058)."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, Response

from todo_kit.errors import Unavailable
from todo_kit.runtime import runtime_of

OWNER = "notification-service"
DONE = 204
MAX_TOKEN = 64
Token = Annotated[str, Path(max_length=MAX_TOKEN, pattern=r"^[\w-]+$")]
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}

router = APIRouter(prefix="/api/unsubscribe", include_in_schema=False)


@router.get("/{token}")
async def ask(token: Token) -> HTMLResponse:
    """Asks first: programs that scan mails open their links."""
    form = f'<form method="post"><button>Stop {mails_of(token)}</button></form>'
    return page(f"Do you want no more {mails_of(token)}?", form)


@router.post("/{token}")
async def unsubscribe(request: Request, token: Token) -> Response:
    """Turns e-mail off. It does not tell whether somebody has this token, and may be repeated."""
    path = f"internal/unsubscriptions/{token}"
    answer = await runtime_of(request).sidecar.invoke(OWNER, path, verb="POST", body=b"")
    if answer.status != DONE:
        raise Unavailable(f"the {OWNER} answered {answer.status}; try again in a moment")
    return page(f"You get no more {mails_of(token)}.", "<p>You can turn them on again in the settings.</p>")


def mails_of(token: str) -> str:
    """Returns the mails that a token is in, as its beginning tells."""
    return "daily digests" if token.startswith("digest-") else "reminders by e-mail"


def page(title: str, content: str) -> HTMLResponse:
    """Returns a page without scripts. Neither text has anything that a stranger can write."""
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Todo</title>'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
        "<style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 480px; margin: 64px auto; padding: 0 24px }"
        " button { font: inherit; padding: 10px 18px }</style></head>"
        f"<body><h1>{title}</h1>{content}</body></html>"
    )
    return HTMLResponse(html, headers=HEADERS)
