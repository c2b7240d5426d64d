/**
 * Graceful shutdown. After a signal the server accepts requests for DRAIN_SECONDS more, and closes each connection
 * after its response, so that a proxy does not reuse a connection that is being closed. Then it closes the servers and
 * exits. A second signal exits at once. With NEXT_MANUAL_SIG_HANDLE, Next leaves the signals to this module.
 */
import { subscribe } from 'node:diagnostics_channel';
import type { Server, ServerResponse } from 'node:http';

const DEFAULT_DRAIN_SECONDS = 1;
/** Time for requests that are in progress when the drain time is over. */
const GRACE_MS = 5000;

const servers = new Set<Server>();
let ending = false;

/** Node calls this when a request starts: https://nodejs.org/api/diagnostics_channel.html#http */
function begun(message: unknown): void {
  const { response, server } = message as { response: ServerResponse; server: Server };
  servers.add(server);
  if (ending) response.shouldKeepAlive = false;
}

function end(): void {
  if (ending) process.exit(1);
  ending = true;
  const seconds = Number(process.env.DRAIN_SECONDS ?? DEFAULT_DRAIN_SECONDS);
  setTimeout(() => {
    for (const server of servers) server.close();
    const open = [...servers].map((server) => new Promise((closed) => server.once('close', closed)));
    void Promise.race([Promise.all(open), new Promise((late) => setTimeout(late, GRACE_MS))]).then(() =>
      process.exit(0),
    );
  }, seconds * 1000);
}

if (process.env.NEXT_MANUAL_SIG_HANDLE) {
  subscribe('http.server.request.start', begun);
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}
