"""The audit trail: every event once, in a chain that shows when somebody has changed it."""
