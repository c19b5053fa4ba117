import { FlowDefinition } from './definition.ts';
import { lintFlow } from './lint/flow.ts';
import { pathText } from './lint/lint.ts';
import type { FlowProblem } from './lint/problem.ts';

export type ParsedFlow =
  | { readonly ok: true; readonly flow: FlowDefinition; readonly warnings: readonly FlowProblem[] }
  | { readonly ok: false; readonly problems: readonly FlowProblem[] };

interface Issue { readonly path: readonly PropertyKey[]; readonly message: string; readonly code?: string | undefined; readonly errors?: readonly (readonly Issue[])[] }

/** The branch of a union that came nearest: the one whose first problem lies deepest. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union' || !issue.errors) return issue;
  const best = issue.errors.flatMap((errors) => errors.slice(0, 1)).sort((a, b) => b.path.length - a.path.length)[0];
  return best ? deepest({ ...best, path: [...issue.path, ...best.path] }) : issue;
}

function schemaProblem(issue: Issue): FlowProblem {
  const { path, message } = deepest(issue);
  const at = path.map((part) => (typeof part === 'number' ? part : String(part)));
  const node = at[0] === 'nodes' && typeof at[1] === 'string' ? at[1] : undefined;
  return { severity: 'error', code: 'schema', path: pathText(at), ...(node !== undefined && { node }), text: message };
}

/**
 * Reads a flow: the schema first, then the lint (targets, loops, templates, expressions, WhatsApp's limits).
 * Every error keeps a flow from being published; warnings come with an accepted flow. Never throws.
 */
export function parseFlow(json: unknown): ParsedFlow {
  const parsed = FlowDefinition.safeParse(json);
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map((issue) => schemaProblem(issue as Issue)) };
  const problems = lintFlow(parsed.data);
  if (problems.some((problem) => problem.severity === 'error')) return { ok: false, problems };
  return { ok: true, flow: parsed.data, warnings: problems };
}
