/**
 * An orderly end: for a moment more requests are taken, each on its connection's last time, so that a proxy uses none that
 * is being closed; then what is left is ended. Next leaves the signals to us by NEXT_MANUAL_SIG_HANDLE.
 */
import { subscribe } from 'node:diagnostics_channel';
import type { Server, ServerResponse } from 'node:http';

const DEFAULT_DRAIN_SECONDS = 1;
/** For what is being answered when the moment is over. */
const GRACE_MS = 5000;

const servers = new Set<Server>();
let ending = false;

/** What Node says when a request begins: https://nodejs.org/api/diagnostics_channel.html#http */
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
