from typing import Annotated

import httpx
import typer

from todo_terminal import __version__, access, credentials, device, show, wire
from todo_terminal.commands.parameters import AsJson, terminal_of
from todo_terminal.failures import Failure, NotSignedIn, Unreachable
from todo_terminal.text import plain


def login(
    context: typer.Context,
    url: Annotated[str | None, typer.Option(help="Where the suite is; kept for the next time.")] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser, when there is one.")] = True,
) -> None:
    """Sign in: shows a code, which you approve in the page."""
    terminal = terminal_of(context)
    where = access.chosen_url(terminal.known, url)
    with wire.open_client(where) as client:
        session = device.sign_in(client, terminal.out, browser=browser)
        credentials.save(credentials.Credentials(where, session))
        whose = access.Session(client, session).whose()
    terminal.forget()
    terminal.out.print(f"Signed in as {plain(whose['email'])}.")


def logout(context: typer.Context) -> None:
    """Sign out: ends the session here and on the server."""
    terminal = terminal_of(context)
    known = terminal.known
    if known is None:
        terminal.out.print("Nobody is signed in here.")
        return
    try:
        with wire.open_client(known.url) as client:
            access.Session(client, known.session).end()
    except NotSignedIn:
        pass  # the session has already ended
    except Failure as failure:
        credentials.forget()
        raise type(failure)(f"forgotten here, but not ended on the server: {failure}") from None
    finally:
        terminal.forget()
    credentials.forget()
    terminal.out.print("Signed out.")


def whoami(context: typer.Context, as_json: AsJson = False) -> None:
    """Who is signed in, and where."""
    terminal = terminal_of(context)
    opened = access.open_access(terminal.client, terminal.known)
    account = opened.whose() if isinstance(opened, access.Session) else {}
    settings = terminal.api.settings
    found = {
        "id": terminal.api.user_id,
        "name": account.get("name"),
        "email": account.get("email"),
        "time_zone": settings["time_zone"],
        "locale": settings.get("locale"),
        "url": str(terminal.client.base_url),
    }
    if as_json:
        show.as_json(found)
    else:
        pairs = [(name.replace("_", " "), plain(value)) for name, value in found.items() if value]
        show.fields(terminal.out, pairs)


def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Whether the suite answers, and whether you are signed in."""
    terminal = terminal_of(context)
    answer = wire.send(terminal.client, "GET", "/health", repeatable=True)
    if not answer.is_success:
        raise Unreachable(f"{terminal.client.base_url} answers, but not like the suite (status {answer.status_code})")
    api, signed_in = True, True
    try:
        _ = terminal.api.settings
    except NotSignedIn:
        # A 401 without a token shows that the API is reachable.
        signed_in = False
        unsigned = wire.send(terminal.client, "GET", "/api/nobody/settings", repeatable=True)
        api = unsigned.status_code == httpx.codes.UNAUTHORIZED
    except Unreachable:
        api = False
    found = {"url": str(terminal.client.base_url), "api": api, "signed_in": signed_in, "version": __version__}
    if as_json:
        show.as_json(found)
    else:
        words = [
            ("suite", f"{found['url']} answers"),
            ("task API", "answers" if api else "does not answer"),
            ("signed in", "yes" if signed_in else "no: todo login"),
            ("version", f"{__version__} (this terminal)"),
        ]
        show.fields(terminal.out, words)
    if not api:
        raise typer.Exit(Unreachable.exit_code)
