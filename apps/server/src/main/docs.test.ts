import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { fastify } from 'fastify';
import type { z } from 'zod';
import { endpoints } from '@centralita/contracts/api';
import type { Scope } from '../../../../test/harness/defer.ts';
import { withDatabase } from '../../../../test/harness/database.ts';
import { apiDocument } from './api-document.ts';
import { problemCatalogue, problemsPage } from './catalogue.ts';
import { modules } from './modules.ts';
import { listenHttp, type HttpServer } from './testing/http.ts';
import { root } from './version.ts';

// The document of the API, held against the routes, the schemas, a public linter and the pages made from it.
let server: HttpServer;
before(async (t) => {
  const { url } = await withDatabase(t as unknown as Scope);
  server = await listenHttp(t as unknown as Scope, { databaseUrl: url });
});

test('every route is in the document, and everything in the document is a route', async () => {
  const app = fastify({ routerOptions: { maxParamLength: 700 } });
  const routes: string[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD' && one !== 'OPTIONS') routes.push(`${one} ${url.replace(/:(\w+)/g, '{$1}')}`);
  });
  for (const module of modules) module.http?.(app, server.rt);
  await app.ready();
  await app.close();
  const described = endpoints.map((e) => `${e.method.toUpperCase()} ${e.path}`);
  assert.deepEqual(routes.filter((r) => !described.includes(r)).sort(), [], 'routes that nobody described (packages/contracts/src/api)');
  assert.deepEqual(described.filter((d) => !routes.includes(d)).sort(), [], 'descriptions without a route');
  assert.equal(new Set(endpoints.map((e) => e.id)).size, endpoints.length, 'each has a name of its own');
});

test('a public linter finds nothing wrong with it', async () => {
  const config = await createConfig({ extends: ['recommended'], rules: { 'no-ambiguous-paths': 'off' } });
  const problems = await lintFromString({ source: JSON.stringify(apiDocument({ url: 'https://centralita.example' })), absoluteRef: '/openapi.json', config });
  assert.deepEqual(problems.map((p) => `${p.severity} ${p.ruleId} ${p.location.map((l) => l.pointer).join()} ${p.message}`), []);
});

test('its examples are as its schemas say', () => {
  for (const e of endpoints) {
    const examples: [z.ZodType | undefined, unknown][] = [[e.body?.schema, e.body?.example], ...Object.values(e.answers).map((a): [z.ZodType | undefined, unknown] => [a.schema, a.example])];
    for (const [schema, example] of examples) if (schema && example !== undefined) assert.ok(schema.safeParse(example).success, `${e.id}: ${JSON.stringify(schema.safeParse(example).error?.issues)}`);
  }
});

test('every problem of every room is in the catalogue, and the page of problems is up to date', () => {
  const rooms = globSync('apps/server/src/**/*.ts', { cwd: root }).filter((f) => !f.endsWith('.test.ts')).flatMap((f) => {
    const name = /defineErrors\('(\w+)'/.exec(readFileSync(join(root, f), 'utf8'))?.[1];
    return name === undefined ? [] : [name];
  });
  const known = new Set(Object.keys(problemCatalogue).map((code) => code.split('.')[0]));
  assert.deepEqual(rooms.filter((room) => !known.has(room)), [], 'rooms that main/catalogue.ts does not know');
  assert.equal(readFileSync(join(root, 'docs/problems.md'), 'utf8'), problemsPage(), 'docs/problems.md is old: run `npm run api`');
});

test('document and reference are served from here, and the reference asks nobody else', async () => {
  const answer = await fetch(`${server.url}/openapi.json`);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('access-control-allow-origin'), '*');
  assert.deepEqual(await answer.json(), JSON.parse(JSON.stringify(apiDocument())));
  const page = await fetch(`${server.url}/docs`);
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'self'/);
  const html = await page.text();
  assert.match(html, /Centralita API/);
  const resources = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((m) => new URL(m[1]!, `${server.url}/docs`));
  assert.ok(resources.length > 2);
  for (const resource of resources) {
    assert.equal(resource.origin, server.url);
    assert.equal((await fetch(resource)).status, 200, resource.href);
  }
});
