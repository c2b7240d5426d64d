"""JSON log lines on standard output, with correlation id and, if known, user id and trace id."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import orjson
import structlog
from opentelemetry import trace

from todo_kit import context


def _where_it_belongs(_: Any, __: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    work = context.current()
    entry.setdefault("correlation_id", work.correlation_id)
    if work.user_id:
        entry.setdefault("user_id", work.user_id)
    span = trace.get_current_span().get_span_context()
    if span.is_valid:
        entry["trace_id"] = trace.format_trace_id(span.trace_id)
    return entry


def configure(app_id: str, level: str) -> None:
    processors: list[structlog.typing.Processor] = [
        lambda _, __, entry: {"service": app_id, **entry},
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _where_it_belongs,
    ]
    structlog.configure(
        processors=[
            *processors,
            # Tracebacks as text: the structured form would log local variables, including tokens.
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(serializer=lambda entry, **_: orjson.dumps(entry, default=str).decode()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=processors,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
