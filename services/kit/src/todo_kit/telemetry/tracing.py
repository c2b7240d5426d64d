"""W3C trace context across HTTP, outbox and events. Spans are exported only if an OTLP endpoint is set.

Without an endpoint, the trace of a caller is passed on and no trace is begun: spans cost a fifth of a read.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF, ParentBased, Sampler, TraceIdRatioBased
from opentelemetry.trace import SpanKind
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_propagator = TraceContextTextMapPropagator()
_tracer = trace.get_tracer("todo_kit")
_NO_SPAN: AbstractContextManager[trace.Span] = nullcontext(trace.INVALID_SPAN)
_exports = False


def configure(app_id: str, otlp_endpoint: str | None) -> TracerProvider:
    """Installs a tracer provider. Without an endpoint it records nothing."""
    global _exports  # noqa: PLW0603 - like the tracer provider, one of the process
    _exports = bool(otlp_endpoint)
    sampler: Sampler = ParentBased(TraceIdRatioBased(1.0)) if otlp_endpoint else ALWAYS_OFF
    provider = TracerProvider(resource=Resource.create({"service.name": app_id}), sampler=sampler)
    if otlp_endpoint:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - slow to import, seldom needed

        exporter = OTLPSpanExporter(endpoint=f"{otlp_endpoint.rstrip('/')}/v1/traces")
        provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    return provider


def span(name: str, carrier: Mapping[str, str], kind: SpanKind) -> AbstractContextManager[trace.Span]:
    """Starts a span under the `traceparent` of the carrier (headers or an envelope), or as the root of a new trace."""
    if "traceparent" in carrier:
        return _tracer.start_as_current_span(name, context=_propagator.extract(carrier), kind=kind)
    return _tracer.start_as_current_span(name, context=Context(), kind=kind) if _exports else _NO_SPAN


def traceparent() -> str | None:
    """Returns the current trace context as a W3C `traceparent`, or None."""
    carrier: dict[str, str] = {}
    _propagator.inject(carrier)
    return carrier.get("traceparent")
