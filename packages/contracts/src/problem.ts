import { z } from 'zod';

/** Problem details (RFC 9457), the body of every error answer. `code` is stable; `detail` says where and what to do. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string().optional(),
  request_id: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
}).meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

/** What the caller is told of an error of a room's catalogue. `request_id` is added by whoever answers. */
export function problemOf(error: { readonly code: string; readonly status: number; readonly message: string; readonly detail?: string | undefined; readonly extra: Readonly<Record<string, unknown>> }): Problem {
  const title = error.detail === undefined ? error.message : error.message.slice(0, -error.detail.length - 1);
  return { ...error.extra, type: `urn:centralita:problem:${error.code}`, title, status: error.status, code: error.code, ...(error.detail === undefined ? {} : { detail: error.detail }) };
}
