"""The tools by name, each with the model that validates its arguments, for `/mcp` and for the assistant."""

from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import Any

from mcp.server.elicitation import AcceptedElicitation, ElicitationResult
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.server.mcpserver.utilities.func_metadata import ArgModelBase, FuncMetadata
from mcp_types import CallToolResult
from pydantic import BaseModel, ConfigDict, ValidationError

from todo_backend.mcp import queries, questions, tools
from todo_backend.mcp.arguments import FAIL_ALONE, first_error
from todo_backend.mcp.caller import Caller, writer
from todo_kit.errors import Problem

Function = Callable[..., Awaitable[Any]]


SAYS_NOTHING = [("default", None), ("additionalProperties", True)]


class StrictArguments(FuncMetadata):
    """Validates strictly. The SDK's own validation reads `"[1]"` as a list and ignores unknown arguments."""

    def validate_arguments(self, arguments_to_validate: dict[str, Any]) -> dict[str, Any]:
        found = self.arg_model.model_validate(arguments_to_validate, strict=True, context=FAIL_ALONE)
        return found.model_dump_one_level()


def strict(tool: Tool) -> Tool:
    known = tool.fn_metadata
    model: type[ArgModelBase] = type(
        known.arg_model.__name__, (known.arg_model,), {"model_config": ConfigDict(extra="forbid")}
    )
    metadata = StrictArguments(
        arg_model=model,
        output_schema=compact(known.output_schema),
        output_model=known.output_model,
        wrap_output=known.wrap_output,
    )
    return tool.model_copy(
        update={"fn_metadata": metadata, "parameters": compact(model.model_json_schema(by_alias=True))}
    )


def compact(schema: Any, known: Mapping[str, Any] | None = None) -> Any:
    """Shortens a JSON schema, because a model reads all schemas with every request.

    Puts definitions (`known`) where they are used; removes titles, null defaults, and the null of optional values.
    """
    if isinstance(schema, list):
        return [compact(each, known) for each in schema]
    if not isinstance(schema, dict):
        return schema
    known = known or schema.get("$defs", {})
    if "$ref" in schema:
        return compact(known[schema["$ref"].removeprefix("#/$defs/")], known)
    found = {
        name: {key: compact(each, known) for key, each in value.items()}
        if name == "properties"
        else compact(value, known)
        for name, value in schema.items()
        if name not in {"title", "$defs"} and (name, value) not in SAYS_NOTHING
    }
    match found.get("anyOf"):
        case [kept, {"type": "null"}] if "default" in schema:
            return {name: value for name, value in found.items() if name != "anyOf"} | kept
        case _:
            return found


def explaining(tool: Function) -> Function:
    """Wraps the tool so that a Problem or ValidationError becomes a ToolError with a text that the model can act on."""

    @wraps(tool)
    async def explained(*args: Any, **kwargs: Any) -> Any:
        try:
            return await tool(*args, **kwargs)
        except Problem as problem:
            raise ToolError(problem.detail) from None
        except ValidationError as invalid:
            raise ToolError(first_error(invalid)) from None

    return explained


UNASKED: dict[Any, ElicitationResult[BaseModel]] = {
    questions.approve_deletion: AcceptedElicitation(data=questions.Deletion(delete=True)),
    questions.choose_for_new: AcceptedElicitation(data=questions.Nothing()),
    questions.choose_for_changes: AcceptedElicitation(data=questions.Nothing()),
}
CATALOGUE = {
    tool.__name__: strict(Tool.from_function(explaining(tool), title=title, annotations=annotations))
    for tool, title, annotations in (*tools.TOOLS, *queries.TOOLS)
}


def validated(tool: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the arguments as JSON values. Raises ValidationError for invalid ones, KeyError for an unknown tool."""
    model = CATALOGUE[tool].fn_metadata.arg_model.model_validate(arguments, strict=True)
    return model.model_dump(mode="json", exclude_unset=True)


async def call(name: str, arguments: Mapping[str, Any], caller: Caller) -> CallToolResult:
    """Calls a tool within the process, with the checks of a call from outside. Raises ToolError.

    Asks the person nothing: Todo's assistant has its own approvals, and gets an error for an ambiguous date.
    """
    tool = CATALOGUE[name]
    found = tool.fn_metadata.validate_arguments(dict(arguments))
    for parameter, (resolve, _) in tool.resolved_params.items():
        found[parameter] = UNASKED.get(resolve.fn) or (await writer(caller) if resolve.fn is writer else caller)
    result: CallToolResult = await tool.fn(**found)
    return result
