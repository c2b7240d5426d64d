"""Events out and in: outbox and relay, subscriptions and inbox, dead letters."""
