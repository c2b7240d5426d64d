"""Runs the suite on one machine: embedded Postgres, the local sidecar, and the launcher that supervises the parts."""
