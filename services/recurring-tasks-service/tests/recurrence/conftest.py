"""Dates are computed with the pinned `tzdata` package, not with whatever time zones this machine has installed."""

import zoneinfo

zoneinfo.reset_tzpath(to=())
zoneinfo.ZoneInfo.clear_cache()
