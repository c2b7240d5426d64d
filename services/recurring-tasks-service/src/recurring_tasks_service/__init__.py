"""The recurring tasks service: series, reminders, and requests for the successors of completed or skipped tasks."""
