import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProblemError } from '@centralita/sdk';
import { createInstance } from 'i18next';
import es from '../i18n/es.json' with { type: 'json' };
import { explain } from './explain.ts';

test('a limit of the company is said as what it is, not as haste; a suspension with its reason', async () => {
  const i18n = createInstance();
  const t = await i18n.init({ lng: 'es', resources: { es: { translation: es } }, interpolation: { escapeValue: false } });
  const said = (status: number, code: string, detail?: string): string => explain(t, new ProblemError({ type: `urn:centralita:problem:${code}`, title: 'In English.', status, code, ...(detail !== undefined && { detail }) }));
  assert.equal(said(429, 'request.too_many'), es.problem.limited);
  assert.equal(said(429, 'companies.limit_users', 'The limit is 3.'), es.problem.companies.limit_users);
  assert.equal(said(429, 'companies.limit_messages'), es.problem.companies.limit_messages);
  assert.equal(said(403, 'companies.suspended', '(No paga)'), `${es.problem.companies.suspended} (No paga)`);
  assert.equal(said(409, 'conversations.window_closed'), es.problem.conversations.window_closed);
});
