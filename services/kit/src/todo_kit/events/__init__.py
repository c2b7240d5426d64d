"""The event contracts: one Pydantic model per event, owned by its publisher. Only additive changes are allowed."""
