"""Authentication: bearer tokens of trusted issuers, verified against the issuers' published keys."""
