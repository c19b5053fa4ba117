import { z } from 'zod';
import { FlowFailure } from '../failure.ts';
import { LIMITS } from '../limits.ts';
import { Target } from '../names.ts';
import { nodeBase, refs, type NodeHandler, type Turn } from '../node.ts';
import { cases } from './wait.cases.ts';

const schema = z.strictObject({
  type: z.literal('wait'),
  seconds: z.number().int().min(1).max(LIMITS.seconds).optional(),
  /** A time with its zone: `2026-12-31T09:00:00Z` or with an offset. */
  until: z.string().min(1).optional(),
  /** Where a message goes on; it is then available as `input`. Without it messages wait until the time has come. */
  on_message: Target.optional(),
  next: Target.optional(),
  ...nodeBase,
}).refine((node) => (node.seconds === undefined) !== (node.until === undefined), { error: 'give either "seconds" or "until"' });
type Wait = z.infer<typeof schema>;

function dueTime(node: Wait, turn: Turn): number {
  const now = Date.parse(turn.context.now);
  if (node.seconds !== undefined) return now + node.seconds * 1000;
  const text = turn.render(node.until ?? '').trim();
  const due = z.iso.datetime({ offset: true }).safeParse(text).success ? Date.parse(text) : NaN;
  if (Number.isNaN(due)) throw new FlowFailure('bad_time', `"${text}" is not a time with its zone, like 2026-12-31T09:00:00Z`);
  if (due > now + LIMITS.seconds * 1000) throw new FlowFailure('bad_time', `"${text}" is more than a year away`);
  return due;
}

/** Lets time pass: `{"type":"wait","seconds":3600,"on_message":"responde","next":"recuerda"}`. A time in the past goes on at once. */
export const wait = {
  type: 'wait',
  schema,
  pauses: true,
  advance(node, turn, input) {
    if (input?.kind === 'wake') return { kind: 'go', to: node.next };
    if (input?.kind === 'message') return node.on_message === undefined ? { kind: 'leave' } : { kind: 'go', to: node.on_message };
    const due = dueTime(node, turn);
    if (due <= Date.parse(turn.context.now)) return { kind: 'go', to: node.next };
    return { kind: 'wait', waiting: { for: 'time', since: turn.context.now, due_at: new Date(due).toISOString() } };
  },
  references: (node) => refs(node, 'on_message', 'next', 'on_error'),
  defines: () => [],
  lint(node, lint) {
    if (node.until === undefined) return;
    lint.template(['until'], node.until, { required: true });
    if (!/\{[{%]/.test(node.until)) lint.problem(['until'], 'useless', 'a fixed time will be in the past one day; use a variable, or "seconds"', 'warning');
  },
  cases,
} satisfies NodeHandler<Wait>;
