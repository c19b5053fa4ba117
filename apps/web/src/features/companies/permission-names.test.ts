import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Permission, Role, ROLE_PERMISSIONS as KNOWN } from '@centralita/contracts';
import { PERMISSION_NAMES, ROLE_PERMISSIONS } from './permission-names.ts';

test('the page knows every permission, and of every role what the server lets it', () => {
  assert.deepEqual(Object.keys(PERMISSION_NAMES).sort(), [...Permission.options].sort());
  for (const role of Role.options) assert.deepEqual([...ROLE_PERMISSIONS[role]].sort(), [...KNOWN[role]].sort(), role);
});
