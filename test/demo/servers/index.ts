import { apiKey } from './apiKey';
import { bearer } from './bearer';
import { type DemoServer } from './demoServer';
import { fixedAnswer } from './fixedAnswer';
import { hang } from './hang';
import { oauthServers } from './oauth';
import { open } from './open';
import { redirect, redirectHost } from './redirect';
import { refused } from './refused';
import { selfSigned } from './selfSigned';
import { sse } from './sse';
import { stateless } from './stateless';
import { stdio } from './stdio';
import { bearerChallenge } from './support/bearerAuth';
import { ws } from './ws';

const json = { 'Content-Type': 'application/json' };

/** Every demo server, in the order they are started and shown: first what works, then what fails. */
export const demoServers: readonly DemoServer[] = [
  open,
  bearer,
  apiKey,
  ...oauthServers,
  sse,
  ws,
  stdio,
  stateless,
  fixedAnswer({
    name: 'unauthorized',
    description: '401 with a challenge',
    status: 401,
    headers: {
      ...json,
      'WWW-Authenticate': bearerChallenge({ realm: 'demo', error: 'invalid_token' }),
    },
    body: '{"error":"invalid_token"}',
  }),
  fixedAnswer({
    name: 'unauthorized-silent',
    description: '401 without a challenge',
    status: 401,
    headers: json,
    body: '{"message":"Bad credentials"}',
  }),
  fixedAnswer({
    name: 'forbidden',
    description: '403 without a reason',
    status: 403,
    headers: json,
    body: '{"message":"Your organization has not approved this application"}',
  }),
  fixedAnswer({
    name: 'insufficient-scope',
    description: '403 with the scope that is missing',
    status: 403,
    headers: {
      ...json,
      'WWW-Authenticate': bearerChallenge({ error: 'insufficient_scope', scope: 'issues:write' }),
    },
    body: '{"error":"insufficient_scope","scope":"issues:write"}',
  }),
  fixedAnswer({ name: 'not-found', description: '404', status: 404 }),
  fixedAnswer({
    name: 'method-not-allowed',
    description: '405, allows GET only',
    status: 405,
    headers: { Allow: 'GET' },
  }),
  fixedAnswer({
    name: 'not-acceptable',
    description: '406, cannot answer in the format asked for',
    status: 406,
    headers: json,
    body: '{"message":"Client must accept text/event-stream"}',
  }),
  fixedAnswer({
    name: 'server-error',
    description: '500',
    status: 500,
    headers: { 'Content-Type': 'text/plain' },
    body: 'Internal Server Error',
  }),
  redirect,
  redirectHost,
  fixedAnswer({
    name: 'login-page',
    description: '200 with the HTML of a login page, as a company gateway sends it',
    status: 200,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
    body: '<!doctype html><title>Sign in</title><form method="post"><input name="user"></form>',
  }),
  hang,
  selfSigned,
  refused,
];
