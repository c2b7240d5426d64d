"""Messaging: outbox and relay, subscriptions and inbox, dead letters, rebuild."""
