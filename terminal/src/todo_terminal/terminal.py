"""The context of a command: the API as the signed-in user, the console, and the user's time zone."""

from functools import cached_property
from zoneinfo import ZoneInfo

import httpx
from rich.console import Console

from todo_terminal import access, credentials, dates, show, wire
from todo_terminal.api import Api


class Terminal:
    """The context of one command or of an interactive session. Values are loaded on first use."""

    @cached_property
    def known(self) -> credentials.Credentials | None:
        return credentials.load()

    @cached_property
    def client(self) -> httpx.Client:
        return wire.open_client(access.chosen_url(self.known))

    @cached_property
    def api(self) -> Api:
        return Api(self.client, access.open_access(self.client, self.known))

    @cached_property
    def zone(self) -> ZoneInfo:
        return dates.zone_named(self.api.settings["time_zone"])

    @cached_property
    def all_day_reminder_time(self) -> str:
        return str(self.api.settings["all_day_reminder_time"])

    @cached_property
    def out(self) -> Console:
        return show.console()

    def forget(self) -> None:
        """Drops all cached values after a sign-in or sign-out."""
        for name in ("known", "client", "api", "zone", "all_day_reminder_time"):
            self.__dict__.pop(name, None)
