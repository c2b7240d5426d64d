"""The suite on one machine: embedded Postgres, the local sidecar, and the launcher that runs it all."""
