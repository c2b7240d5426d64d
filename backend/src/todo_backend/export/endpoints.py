from contextlib import ExitStack
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from todo_backend.export.archive import stream_archive
from todo_backend.export.files import files_of
from todo_backend.limits import SlotStream, limiter_of
from todo_backend.statements import Claims, model_of
from todo_kit.auth.dependencies import FirstParty
from todo_kit.auth.revocations import until_revoked
from todo_kit.auth.tokens import MAX_STATEMENT_CHARACTERS
from todo_kit.errors import Invalid, described
from todo_kit.runtime import runtime_of

router = APIRouter(prefix="/api/{user_id}/export", tags=["Account"])

ARCHIVE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/zip": {}}, "description": "A ZIP file. It is whole if the response ends in order"},
    429: described("Too many streams are open"),
}


class ExportIn(BaseModel):
    """`account`: a token of `/api/auth/account-statement`, in which the sign-in server states what it has."""

    model_config = ConfigDict(extra="forbid")

    account: Annotated[str, Field(max_length=MAX_STATEMENT_CHARACTERS)]


class AccountStatement(Claims):
    account: dict[str, Any]


@router.post("", response_class=StreamingResponse, responses=ARCHIVE)
async def export_account(request: Request, user: FirstParty, body: ExportIn) -> StreamingResponse:
    """Returns everything that the suite has of the user, as JSON files in a ZIP file."""
    runtime = runtime_of(request)
    with ExitStack() as slot:
        slot.enter_context(limiter_of(runtime).stream(user.id))  # before any await: many may be asked for at once
        stated = model_of(AccountStatement, await runtime.tokens.verify_statement(body.account, "account"))
        if stated.sub != user.id:
            raise Invalid("account", "is of another user")
        now = runtime.clock.now()
        archive = stream_archive(files_of(request, user, stated.account), now)
        chunks = until_revoked(runtime.tokens.revocations, user, archive)
        headers = {"Content-Disposition": f'attachment; filename="todo-{now:%Y-%m-%d}.zip"'}
        return SlotStream(chunks, slot.pop_all(), media_type="application/zip", headers=headers)
