/** Sets the timeouts of the HTTP server, and the header with the client address of each request. */
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { ADDRESS_HEADER, clientAddress, proxyList } from './auth/address';
import { settings } from './settings';

const HEADERS_MS = 10_000;
const REQUEST_MS = 60_000;

const proxies = proxyList(settings().trustedProxies);

/** https://nodejs.org/api/diagnostics_channel.html#http: published before the server handles the request. */
subscribe('http.server.request.start', (message) => {
  const { request, server, socket } = message as { request: IncomingMessage; server: Server; socket: Socket };
  server.headersTimeout = HEADERS_MS;
  server.requestTimeout = REQUEST_MS;
  const forwarded = request.headers['x-forwarded-for'];
  request.headers[ADDRESS_HEADER] = clientAddress(String(forwarded ?? ''), socket.remoteAddress ?? '', proxies);
});
