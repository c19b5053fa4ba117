import { Environment, EvaluationError, ParseError, TypeError as CelTypeError, type ASTNode } from '@marcbachmann/cel-js';
import { FlowFailure } from './failure.ts';
import { type Json, type JsonObject } from './json.ts';
import { findsIn, patternProblem } from './pattern.ts';
import { plain } from './words.ts';

/**
 * CEL as flows use it: standard, plus numbers of JSON (doubles) mixing with whole numbers (`edad + 1`), `plain(text)` for
 * comparing what people type, and `matches` on RE2, as the specification of CEL asks.
 */
const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b, '-': (a, b) => a - b, '*': (a, b) => a * b, '/': (a, b) => a / b, '%': (a, b) => a % b,
};

/** Loops in loops (`all`, `exists`, `map`, `filter`): two deep over 64 kB of variables is the most that ends in a moment. */
const MAX_LOOP_DEPTH = 2;
const LOOPS = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);
const MATCHES = 'matchesPattern';

function makeEnvironment(): Environment {
  const env = new Environment({
    unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false, enableOptionalTypes: true,
    limits: { maxAstNodes: 1000, maxDepth: 50, maxListElements: 500, maxMapEntries: 500, maxCallArguments: 16 },
  });
  for (const [sign, compute] of Object.entries(OPERATORS)) {
    const mixed = (a: number | bigint, b: number | bigint): number => compute(Number(a), Number(b));
    env.registerOperator(`double ${sign} int`, mixed);
    env.registerOperator(`int ${sign} double`, mixed);
    if (sign === '%') env.registerOperator('double % double', mixed);
  }
  env.registerFunction('plain(string): string', plain);
  env.registerFunction(`string.${MATCHES}(string): bool`, (text: string, pattern: string) => findsIn(pattern, text));
  return env;
}

let shared: Environment | undefined;
function environment(): Environment {
  shared ??= makeEnvironment();
  return shared;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Children of a syntax node, whatever the operator keeps in `args`. */
function children(args: unknown): ASTNode[] {
  if (Array.isArray(args)) return args.flatMap((arg) => children(arg));
  return typeof args === 'object' && args !== null && 'op' in args ? [args as ASTNode] : [];
}

/** Points `matches` at RE2 and refuses what could run for long. */
function prepare(node: ASTNode, depth = 0): void {
  let inner = depth;
  if (node.op === 'rcall') {
    const [name, , args] = node.args;
    if (name === 'matches') {
      (node.args as Mutable<typeof node.args>)[0] = MATCHES;
      const [pattern] = args;
      const problem = pattern?.op === 'value' && typeof pattern.args === 'string' ? patternProblem(pattern.args) : undefined;
      if (problem !== undefined) throw new ParseError(`the pattern of matches() is not a regular expression (RE2): ${problem}`, pattern);
    }
    if (LOOPS.has(name)) inner += 1;
    if (inner > MAX_LOOP_DEPTH) throw new ParseError(`at most ${MAX_LOOP_DEPTH} of all, exists, map and filter may stand inside each other`, node);
  }
  for (const child of children(node.args)) prepare(child, inner);
}

function summary(error: unknown): string {
  if (error instanceof ParseError || error instanceof EvaluationError || error instanceof CelTypeError) return error.summary;
  return error instanceof Error ? error.message : String(error);
}

/** A value of CEL as JSON: whole numbers become numbers, times ISO 8601. */
function toJson(value: unknown): Json {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'boolean': case 'string': return value;
    case 'bigint': {
      if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER)) throw new FlowFailure('expression', 'the result is a number too large for JSON');
      return Number(value);
    }
    case 'number':
      if (!Number.isFinite(value)) throw new FlowFailure('expression', 'the result is not a finite number (a division by zero?)');
      return value;
    case 'object': {
      if (Array.isArray(value)) return value.map(toJson);
      if (value instanceof Date) return value.toISOString();
      if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [String(key), toJson(item)]));
      if (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null) {
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item)]));
      }
      break;
    }
    default:
  }
  throw new FlowFailure('expression', 'the result is not JSON (a duration or bytes?); turn it into a text or a number');
}

export interface CompiledExpression {
  /** @throws FlowFailure */
  evaluate(context: JsonObject): Json;
}

/** @throws FlowFailure when the expression does not parse. */
export function compileExpression(source: string): CompiledExpression {
  try {
    const parsed = environment().parse(source);
    prepare(parsed.ast);
    return {
      evaluate(context) {
        let value: unknown;
        try {
          value = parsed(context);
        } catch (error) {
          throw new FlowFailure('expression', `${summary(error)} in "${source}"`);
        }
        return toJson(value);
      },
    };
  } catch (error) {
    throw new FlowFailure('expression', `${summary(error)} in "${source}"`);
  }
}

export interface ExpressionProblem { readonly text: string; readonly line: number; readonly column: number; readonly unknown_name: boolean }

/** Checks syntax and types; names other than `names` are unknown. `boolean`: the result must be true or false. */
export function inspectExpression(source: string, names: readonly string[], boolean: boolean): ExpressionProblem | undefined {
  const at = (offset: number): { line: number; column: number } => {
    const before = source.slice(0, offset).split('\n');
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  };
  const problem = (error: unknown): ExpressionProblem => {
    const known = error instanceof ParseError || error instanceof EvaluationError || error instanceof CelTypeError;
    return { text: summary(error), ...at(known ? error.range?.start ?? 0 : 0), unknown_name: known && error.code === 'unknown_variable' };
  };
  try {
    const strict = environment().clone({ unlistedVariablesAreDyn: false });
    for (const name of names) strict.registerVariable(name, name === 'now' ? 'google.protobuf.Timestamp' : 'dyn');
    const parsed = strict.parse(source);
    prepare(parsed.ast);
    const result = parsed.check();
    if (!result.valid) return problem(result.error);
    if (boolean && result.type !== 'bool' && result.type !== 'dyn') return { text: `the result must be true or false, but it is ${result.type}`, line: 1, column: 1, unknown_name: false };
    return undefined;
  } catch (error) {
    return problem(error);
  }
}
