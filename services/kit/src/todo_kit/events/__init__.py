"""The event contracts: one Pydantic model per event, owned by its publisher, changed only by addition."""
