"""Time: series, reminders, and the next occurrence of what was completed or skipped."""
