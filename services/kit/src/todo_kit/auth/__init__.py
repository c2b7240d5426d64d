"""Who is asking: bearer tokens of trusted issuers, verified against their published keys."""
