import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testInput } from '../testing.ts';
import { Validation, validationOf } from './index.ts';
import { VALIDATION_KINDS } from './validation.ts';
import { compileExpression } from '../expression.ts';

for (const kind of VALIDATION_KINDS) {
  describe(`validation ${kind}`, () => {
    const { cases, check } = validationOf(kind);
    it('has cases that pass and cases that are refused', () => {
      assert.ok(cases.some((c) => c.value !== undefined) && cases.some((c) => c.value === undefined));
    });
    for (const c of cases) {
      it(`${JSON.stringify(c.rule)} ← ${JSON.stringify(c.answer).slice(0, 60)} → ${c.value === undefined ? 'refused' : JSON.stringify(c.value)}`, () => {
        const rule = Validation.parse({ kind, ...c.rule });
        const answer = testInput(typeof c.answer === 'string' ? c.answer : { kind: 'message', ...c.answer });
        assert.ok(answer.kind === 'message');
        const checked = check(rule, answer, {
          locale: 'es-CL', today: '2026-11-20', options: [], render: (text) => text,
          evaluate: (expression, value) => compileExpression(expression).evaluate({ value }),
        });
        assert.deepEqual(checked, c.value === undefined ? { ok: false } : { ok: true, value: c.value });
      });
    }
  });
}
