"""Notifications: what a person is to be told, until it is read."""
