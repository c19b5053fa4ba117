import type { z } from 'zod';
import { Problem } from './problem.ts';

/** The value, or a problem that names every field that is wrong. */
export function parse<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const wrong = result.error.issues.slice(0, 5).map((issue) => {
    const path = issue.path.map(String).join('.');
    return path === '' ? issue.message : `${path}: ${issue.message}`;
  });
  throw new Problem(400, wrong.join('; '), { where, toDo: 'Correct these fields and send it again; docs/sandbox.md lists them.' });
}
