"""Benchmarks: commands that print tables, measured on the running suite. `make bench`."""

import signal
import sys


def end_on_sigterm() -> None:
    """Makes SIGTERM raise SystemExit, so that a benchmark that is terminated stops its suite."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
