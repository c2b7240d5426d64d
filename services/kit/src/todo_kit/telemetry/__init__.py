"""What a service says of itself: JSON logs, Prometheus metrics, W3C traces, health."""
