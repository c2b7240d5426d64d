"""Benchmarks: commands that print tables, measured on the running suite. `make bench`."""
