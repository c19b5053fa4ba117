import { RE2JS } from 're2js';

/**
 * Regular expressions of flows run on RE2: matching takes time linear in the text, whatever the author wrote, so that
 * one company's pattern cannot hold up the process of all.
 */
const compiled = new Map<string, RE2JS>();
const KEEP = 500;

function compile(source: string, ignoreCase: boolean): RE2JS {
  const key = `${ignoreCase ? 'i' : 'c'}${source}`;
  let pattern = compiled.get(key);
  if (!pattern) {
    pattern = RE2JS.compile(source, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
    if (compiled.size >= KEEP) compiled.clear();
    compiled.set(key, pattern);
  }
  return pattern;
}

/** @throws Error when the pattern is not RE2. */
export function matchesWhole(source: string, text: string, ignoreCase: boolean): boolean {
  return compile(source, ignoreCase).matches(text);
}

/** @throws Error when the pattern is not RE2. */
export function findsIn(source: string, text: string): boolean {
  return compile(source, false).matcher(text).find();
}

/** Why a pattern cannot be used, or nothing. */
export function patternProblem(source: string): string | undefined {
  try {
    RE2JS.compile(source);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
