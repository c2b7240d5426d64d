"""The notification service: stores a user's notifications and whether they are read."""
