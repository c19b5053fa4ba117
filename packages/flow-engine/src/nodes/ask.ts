import { z } from 'zod';
import { Content, optionsOf, type ContentOption } from '../content.ts';
import type { MessageInput } from '../input.ts';
import { LIMITS, WHATSAPP } from '../limits.ts';
import { lintContent } from '../lint/content.ts';
import { localTime } from '../local-time.ts';
import { Target, VariableName } from '../names.ts';
import { nodeBase, refs, type NodeHandler, type Outcome, type Reference, type Turn } from '../node.ts';
import { Validation, validationOf, type Checked } from '../validations/index.ts';
import { cases } from './ask.cases.ts';

const schema = z.strictObject({
  type: z.literal('ask'),
  prompt: Content.optional(),
  /** Where the answer is kept. */
  variable: VariableName.optional(),
  /** Without it: one of the prompt's options where it has some, else any text. */
  validation: Validation.optional(),
  /** Said when an answer is refused; with buttons or a list it takes the place of their body. Without it the prompt is said again. */
  retry: z.string().optional(),
  /** Answers refused before `on_invalid` is taken; without it the question is asked until it is answered. */
  max_retries: z.number().int().min(0).max(20).optional(),
  on_invalid: Target.optional(),
  timeout_seconds: z.number().int().min(1).max(LIMITS.seconds).optional(),
  on_timeout: Target.optional(),
  /** By the id of the chosen option; the others go to `next`. */
  routes: z.record(z.string(), Target).optional(),
  next: Target.optional(),
  /** The message that starts the session is taken as the answer, before anything is asked. */
  use_first_message: z.boolean().optional(),
  ...nodeBase,
});
type Ask = z.infer<typeof schema>;

function rendered(options: readonly ContentOption[], turn: Turn): ContentOption[] {
  return options.map((option) => ({ id: option.id, title: turn.render(option.title) }));
}

function ruleOf(node: Ask): Validation {
  return node.validation ?? { kind: optionsOf(node.prompt).length > 0 ? 'choice' : 'text' };
}

function check(node: Ask, turn: Turn, answer: MessageInput): Checked {
  const rule = ruleOf(node);
  const { company, now } = turn.context;
  return validationOf(rule.kind).check(rule, answer, {
    locale: company.locale,
    today: localTime(now, company.timezone).date,
    options: rule.kind === 'choice' ? rendered(optionsOf(node.prompt), turn) : [],
    render: (template) => turn.render(template),
    evaluate: (expression, value) => turn.evaluate(expression, value),
  });
}

function waitForAnswer(node: Ask, turn: Turn, retries: number): Outcome {
  const { now } = turn.context;
  const due_at = node.timeout_seconds === undefined ? undefined : new Date(Date.parse(now) + node.timeout_seconds * 1000).toISOString();
  return { kind: 'wait', waiting: { for: 'input', since: now, retries, ...(due_at !== undefined && { due_at }) } };
}

function askAgain(node: Ask, turn: Turn): void {
  const { prompt, retry } = node;
  if (retry === undefined) {
    if (prompt) turn.say(prompt);
  } else if (prompt?.type === 'buttons' || prompt?.type === 'list') {
    turn.say({ ...prompt, body: retry });
  } else {
    turn.say({ type: 'text', text: retry });
  }
}

function answered(node: Ask, turn: Turn, answer: MessageInput): Outcome {
  const checked = check(node, turn, answer);
  if (checked.ok) {
    if (node.variable !== undefined) turn.set(node.variable, checked.value);
    const route = typeof checked.value === 'string' && node.routes && Object.hasOwn(node.routes, checked.value) ? node.routes[checked.value] : undefined;
    return { kind: 'go', to: route ?? node.next };
  }
  // Not asked yet: the first message of the session did not answer the question, which is no fault of the person.
  if (turn.waiting?.for !== 'input') {
    if (node.prompt) turn.say(node.prompt);
    return waitForAnswer(node, turn, 0);
  }
  const retries = turn.waiting.retries + 1;
  turn.emit({ type: 'input_rejected', node: turn.node, input_id: answer.id, rule: ruleOf(node).kind, retries });
  if (node.max_retries !== undefined && retries > node.max_retries) return { kind: 'go', to: node.on_invalid };
  askAgain(node, turn);
  return waitForAnswer(node, turn, retries);
}

/** Asks and takes one message as the answer: `{"type":"ask","prompt":{"type":"text","text":"¿Cómo te llamas?"},"variable":"nombre","validation":{"kind":"text","min":2},"retry":"Escribe tu nombre, por favor.","next":"hola"}` */
export const ask = {
  type: 'ask',
  schema,
  pauses: true,
  takesFirstMessage: (node) => node.use_first_message === true,
  advance(node, turn, input) {
    if (input?.kind === 'message') return answered(node, turn, input);
    if (input?.kind === 'timeout') return { kind: 'go', to: node.on_timeout };
    if (node.prompt) turn.say(node.prompt);
    return waitForAnswer(node, turn, 0);
  },
  references: (node): Reference[] => [
    ...Object.entries(node.routes ?? {}).map(([id, to]) => ({ to, path: ['routes', id] })),
    ...refs(node, 'next', 'on_invalid', 'on_timeout', 'on_error'),
  ],
  defines: (node) => (node.variable === undefined ? [] : [node.variable]),
  lint(node, lint) {
    const rule = ruleOf(node);
    const options = optionsOf(node.prompt);
    if (node.prompt) lintContent(node.prompt, lint, ['prompt']);
    if (node.retry !== undefined) lint.template(['retry'], node.retry, { required: true, max: node.prompt?.type === 'buttons' ? WHATSAPP.body : WHATSAPP.text });
    validationOf(rule.kind).lint?.(rule, lint, ['validation']);
    const ids = new Set([...options, ...(rule.kind === 'choice' ? rule.options ?? [] : [])].map((option) => option.id));
    if (rule.kind === 'choice' && ids.size === 0) lint.problem(['validation'], 'missing', 'a choice needs "options", or a prompt with buttons or a list');
    for (const id of Object.keys(node.routes ?? {})) {
      if (rule.kind !== 'choice') lint.problem(['routes', id], 'useless', '"routes" need a validation of kind "choice"');
      else if (!ids.has(id)) lint.problem(['routes', id], 'unknown_target', `no option has the id "${id}"`);
    }
    if (node.max_retries !== undefined && node.on_invalid === undefined) lint.problem(['max_retries'], 'missing', '"max_retries" needs "on_invalid": where to go when they are used up ("end" is allowed)');
    if (node.on_invalid !== undefined && node.max_retries === undefined) lint.problem(['on_invalid'], 'missing', '"on_invalid" needs "max_retries"');
    if (node.timeout_seconds !== undefined && node.on_timeout === undefined) lint.problem(['timeout_seconds'], 'missing', '"timeout_seconds" needs "on_timeout": where to go when no answer comes ("end" is allowed)');
    if (node.on_timeout !== undefined && node.timeout_seconds === undefined) lint.problem(['on_timeout'], 'missing', '"on_timeout" needs "timeout_seconds"');
  },
  cases,
} satisfies NodeHandler<Ask>;
