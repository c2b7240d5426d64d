"""A Dapr sidecar for local mode: the part of Dapr's API that the suite uses, over a durable log in Postgres.

One process serves every app, each on ports of its own, as if each had a `daprd`. It also misbehaves on request.
"""
