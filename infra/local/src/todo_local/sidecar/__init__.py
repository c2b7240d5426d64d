"""A Dapr sidecar for local mode: the part of Dapr's API that the suite uses, over a durable log in Postgres.

One process serves all apps, each on its own ports, as if each had its own `daprd`. Tests can inject faults.
"""
