"""Shared library of the Python services. It knows tasks by the event contracts only."""

import zoneinfo

# Use the pinned tzdata package on every machine instead of the system's time zone database.
zoneinfo.reset_tzpath(to=())
