"""The audit service: records every event once, in a hash chain that reveals changes."""
