import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkStructure } from './check.ts';

const modules = 'apps/server/src/modules';
const providers = 'apps/server/src/providers';

/** Problems of a small tree; faces of the rooms it imports exist. */
function problems(files: Record<string, string>): string[] {
  return checkStructure({ files: new Map(Object.entries(files)), tables: new Set(['s.accounts', 'c.contacts', 's.lanes', 's.web_sessions']) });
}

/** A file that imports `from`, and the file it means. */
function importing(path: string, from: string, target: string): string[] {
  return problems({ [path]: `import type { X } from '${from}';\nexport const y = 1;\n`, [target]: 'export interface X {}\n' });
}

test('a lower room through its index.ts: in order', () => {
  assert.deepEqual(importing(`${modules}/intake/route.ts`, '../contacts/index.ts', `${modules}/contacts/index.ts`), []);
  assert.deepEqual(importing(`${modules}/bots/wake.ts`, '@centralita/flow-engine', 'packages/flow-engine/src/index.ts'), []);
  assert.deepEqual(importing(`${modules}/accounts/store.ts`, '@centralita/platform/database', 'packages/platform/src/database.ts'), []);
  assert.deepEqual(importing('apps/server/src/main/modules.ts', '../modules/bots/module.ts', `${modules}/bots/module.ts`), []);
  assert.deepEqual(importing('apps/server/src/main/modules.ts', '../providers/meta/index.ts', `${providers}/meta/index.ts`), []);
  assert.deepEqual(importing(`${providers}/meta/send.ts`, '../whatsapp/limits.ts', `${providers}/whatsapp/limits.ts`), []);
  assert.deepEqual(importing(`${providers}/meta/send.ts`, '@centralita/platform/http', 'packages/platform/src/http.ts'), []);
});

test('upwards, sideways, or past the face: refused, for types too', () => {
  assert.match(importing(`${modules}/contacts/x.ts`, '../intake/index.ts', `${modules}/intake/index.ts`).join(), /x\.ts:1: contacts is below intake; emit an event/);
  assert.match(importing(`${modules}/inbox/x.ts`, '../campaigns/index.ts', `${modules}/campaigns/index.ts`).join(), /same floor/);
  assert.match(importing(`${modules}/intake/x.ts`, '../contacts/store.ts', `${modules}/contacts/store.ts`).join(), /that room's own; import its index\.ts/);
  assert.match(importing(`${modules}/intake/x.ts`, '../contacts/module.ts', `${modules}/contacts/module.ts`).join(), /that room's own/);
  assert.match(importing('apps/server/src/main/x.ts', '../modules/contacts/store.ts', `${modules}/contacts/store.ts`).join(), /import its index\.ts or module\.ts/);
  assert.match(importing(`${modules}/inbox/x.ts`, '../../main/cli.ts', 'apps/server/src/main/cli.ts').join(), /inbox is below main/);
});

test('providers: modules see the contract only, a provider sees no room and no other provider', () => {
  assert.deepEqual(importing(`${modules}/delivery/x.ts`, '../../providers/contract.ts', `${providers}/contract.ts`), []);
  assert.match(importing(`${modules}/delivery/x.ts`, '../../providers/meta/index.ts', `${providers}/meta/index.ts`).join(), /delivery may not import provider:meta/);
  assert.match(importing(`${modules}/delivery/x.ts`, '../../providers/whatsapp/wire.ts', `${providers}/whatsapp/wire.ts`).join(), /delivery may not import dialect/);
  assert.match(importing(`${providers}/meta/x.ts`, '../../modules/accounts/index.ts', `${modules}/accounts/index.ts`).join(), /provider:meta may not import accounts/);
  assert.match(importing(`${providers}/meta/x.ts`, '../twilio/x.ts', `${providers}/twilio/x.ts`).join(), /may not import provider:twilio/);
  assert.match(importing(`${providers}/meta/x.ts`, '@centralita/platform/database', 'packages/platform/src/database.ts').join(), /only @centralita\/platform\/http/);
});

test('packages and apps', () => {
  assert.match(importing('packages/flow-engine/src/x.ts', '@centralita/platform/log', 'packages/platform/src/log.ts').join(), /packages\/flow-engine may not import packages\/platform/);
  assert.match(importing('packages/kernel/src/x.ts', '../../platform/src/log.ts', 'packages/platform/src/log.ts').join(), /import the package by its name/);
  assert.match(importing('apps/sandbox/src/x.ts', '@centralita/platform/log', 'packages/platform/src/log.ts').join(), /sandbox may not import/);
  assert.match(importing('apps/web/src/x.ts', '@centralita/platform/log', 'packages/platform/src/log.ts').join(), /web may not import/);
  assert.match(importing(`${modules}/inbox/x.ts`, '@centralita/flow-engine', 'packages/flow-engine/src/index.ts').join(), /inbox may not import packages\/flow-engine/);
  assert.match(importing('apps/sandbox/src/x.ts', '../../server/src/messaging/index.ts', 'apps/server/src/messaging/index.ts').join(), /import the package by its name/);
});

test('every way to import counts: re-export, dynamic, in a type', () => {
  const target = { [`${modules}/intake/index.ts`]: 'export const a = 1;\n' };
  for (const source of [`export { a } from '../intake/index.ts';`, `export const a = await import('../intake/index.ts');`, `export type A = import('../intake/index.ts').A;`, `export type { A } from '../intake/index.ts';`]) {
    assert.match(problems({ ...target, [`${modules}/contacts/x.ts`]: source }).join(), /contacts is below intake/, source);
  }
});

test('a circle of files, through types too; a tree is none', () => {
  const circle = problems({
    'packages/kernel/src/a.ts': `import { b } from './b.ts';\nexport const a = b;\n`,
    'packages/kernel/src/b.ts': `import type { C } from './c.ts';\nexport const b: C = 1;\n`,
    'packages/kernel/src/c.ts': `export { a } from './a.ts';\nexport type C = number;\n`,
    'packages/kernel/src/d.ts': `import { a } from './a.ts';\nexport const d = a;\n`,
  });
  assert.deepEqual(circle, ['packages/kernel/src/a.ts ↔ packages/kernel/src/b.ts ↔ packages/kernel/src/c.ts: these files import each other in a circle']);
});

test('globals: refused in rooms, allowed where they belong; words and own methods are no globals', () => {
  const bad = `const a = Date.now();\nconst b = new Date();\nconst c = Math.random();\nconst d = process.env.X;\nawait fetch('http://x');\nconst { env } = process;\nglobalThis.fetch('http://x');\nconst e = process['env'];\n`;
  const found = problems({ [`${modules}/inbox/x.ts`]: bad });
  assert.deepEqual(found.map((problem) => /x\.ts:(\d+): (\S+( Date\(\))?)/.exec(problem)?.slice(1, 3)), [['1', 'Date.now'], ['2', 'new Date()'], ['3', 'Math.random'], ['4', 'process.env'], ['5', 'fetch()'], ['6', 'process.env'], ['7', 'fetch()'], ['8', 'process.env']]);
  for (const path of ['packages/platform/src/x.ts', 'apps/sandbox/src/runtime.ts', `${modules}/inbox/x.test.ts`, 'apps/web/src/x.ts', 'scripts/x.mjs']) assert.deepEqual(problems({ [path]: bad }), [], path);
  assert.deepEqual(problems({ [`${modules}/inbox/x.ts`]: `// Date.now() and fetch() in a comment\nexport const a = new Date(0), b = 'Math.random()', c = media.fetch('x'), d = clock.now();\n` }), []);
});

test('a table is named by one room, in its store', () => {
  const sql = 'export const q = `select 1 from {s}.accounts join {c}.nothing on true`;\n';
  assert.deepEqual(problems({ [`${modules}/accounts/store.ts`]: sql }), []);
  assert.deepEqual(problems({ [`${modules}/accounts/store.ts`]: sql, 'packages/platform/src/migrations.ts': sql, [`${modules}/inbox/x.test.ts`]: sql }), []);
  assert.match(problems({ [`${modules}/accounts/list.ts`]: sql }).join(), /list\.ts:1: the table accounts is named outside a store\.ts/);
  const between = { [`${modules}/web-sessions/store.ts`]: sql.replace('accounts', 'web_sessions'), 'apps/bridge/src/store.ts': sql.replace('accounts', 'web_sessions') };
  assert.deepEqual(problems(between), []);
  assert.match(problems({ ...between, [`${modules}/inbox/store.ts`]: sql.replace('accounts', 'web_sessions') }).join(), /web_sessions is named in several rooms/);
  assert.match(problems({ [`${modules}/accounts/store.ts`]: sql, [`${modules}/delivery/store.ts`]: sql }).join(), /accounts is named in several rooms \(accounts, delivery\)/);
});

test('length, export *, and what is no TypeScript', () => {
  assert.match(problems({ 'packages/kernel/src/a.ts': '\n'.repeat(401) }).join(), /401 lines; a file has at most 400/);
  assert.deepEqual(problems({ 'packages/kernel/src/a.ts': '\n'.repeat(400) }), []);
  assert.match(problems({ 'packages/kernel/src/a.ts': `export * from './b.ts';\n`, 'packages/kernel/src/b.ts': '' }).join(), /a\.ts:1: export \* hides/);
  assert.match(problems({ 'packages/kernel/src/a.ts': 'const = ;' }).join(), /a\.ts: cannot be parsed/);
});
