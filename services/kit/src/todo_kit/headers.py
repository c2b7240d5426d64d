"""The headers of a request, decoded once for all that read them."""

from typing import cast

from starlette.types import Scope

_KEY = "todo_kit.headers"


def headers_of(scope: Scope) -> dict[str, str]:
    """Returns the headers by their names in lower case. Of several with one name, the first counts, as in Starlette."""
    found = scope.get(_KEY)
    if found is None:
        pairs = ((name.decode("latin-1"), value.decode("latin-1")) for name, value in reversed(scope["headers"]))
        found = scope[_KEY] = dict(pairs)
    return cast("dict[str, str]", found)
