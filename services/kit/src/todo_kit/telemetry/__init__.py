"""Telemetry: JSON logs, Prometheus metrics, W3C traces, health endpoints."""
