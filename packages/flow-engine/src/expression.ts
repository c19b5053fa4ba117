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

/**
 * What one evaluation may do, in steps of roughly 30 ns (a fifth of a second in all). 64 kB of variables hold a list of
 * 32,000 items: two loops over it inside each other would keep the process of every company busy for minutes.
 */
const BUDGET = 6_000_000;
let spent = 0;
function spend(steps: number): void {
  spent += steps;
  if (spent > BUDGET) throw new Error('this takes too long: loop over a shorter list, or once instead of in a loop');
}

/** Loops in loops (`all`, `exists`, `map`, `filter`). */
const MAX_LOOP_DEPTH = 2;
/** Pays for a loop before it begins: the length of its list times the syntax nodes of its body. */
const PAY = 'payForLoop';
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
  env.registerFunction('plain(string): string', (text: string) => {
    spend(text.length * 2);
    return plain(text);
  });
  env.registerFunction(`string.${MATCHES}(string): bool`, (text: string, pattern: string) => {
    spend(text.length * 4);
    return findsIn(pattern, text);
  });
  env.registerFunction(`dyn.${PAY}(int): dyn`, (list: unknown, nodes: bigint) => {
    spend(Number(nodes) * lengthOf(list));
    return list;
  });
  return env;
}

function lengthOf(list: unknown): number {
  if (Array.isArray(list)) return list.length;
  if (list instanceof Map) return list.size;
  return typeof list === 'object' && list !== null ? Object.keys(list).length : 0;
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
  if (depth > MAX_LOOP_DEPTH) throw new ParseError(`at most ${MAX_LOOP_DEPTH} of all, exists, map and filter may stand inside each other`, node);
  if (node.op !== 'rcall') {
    for (const child of children(node.args)) prepare(child, depth);
    return;
  }
  const [name, receiver, args] = node.args;
  if (name === 'matches') {
    (node.args as Mutable<typeof node.args>)[0] = MATCHES;
    const [pattern] = args;
    const problem = pattern?.op === 'value' && typeof pattern.args === 'string' ? patternProblem(pattern.args) : undefined;
    if (problem !== undefined) throw new ParseError(`the pattern of matches() is not a regular expression (RE2): ${problem}`, pattern);
  }
  prepare(receiver, depth);
  for (const arg of args) prepare(arg, LOOPS.has(name) ? depth + 1 : depth);
}

function count(node: ASTNode): number {
  return children(node.args).reduce((sum, child) => sum + count(child), 1);
}

/** The source with every list that is looped over paid for: `l.all(x, x > 1)` becomes `l.payForLoop(4).all(x, x > 1)`. */
function paid(source: string, ast: ASTNode): string {
  const marks: { at: number; text: string }[] = [];
  const visit = (node: ASTNode): void => {
    if (node.op === 'rcall' && LOOPS.has(node.args[0])) {
      const [, list, body] = node.args;
      // Between the list and the dot of the call stand closing parentheses, blanks and comments.
      const [gap] = /^(?:[\s)]|\/\/[^\n]*)*/.exec(source.slice(list.end)) ?? [''];
      marks.push({ at: list.end + gap.length, text: `.${PAY}(${body.reduce((sum, part) => sum + count(part), 0)})` });
    }
    for (const child of children(node.args)) visit(child);
  };
  visit(ast);
  let out = source;
  for (const { at, text } of marks.toSorted((x, y) => y.at - x.at)) out = out.slice(0, at) + text + out.slice(at);
  return out;
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
    const read = environment().parse(source);
    prepare(read.ast);
    const parsed = environment().parse(paid(source, read.ast));
    prepare(parsed.ast);
    return {
      evaluate(context) {
        let value: unknown;
        spent = 0;
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
    // What will run is a little longer than what was written.
    strict.parse(paid(source, parsed.ast));
    const result = parsed.check();
    if (!result.valid) return problem(result.error);
    if (boolean && result.type !== 'bool' && result.type !== 'dyn') return { text: `the result must be true or false, but it is ${result.type}`, line: 1, column: 1, unknown_name: false };
    return undefined;
  } catch (error) {
    return problem(error);
  }
}
