"""The tables of the languages."""
