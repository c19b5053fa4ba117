import { z } from 'zod';
import { Permission, Role } from './permissions.ts';

/** `POST /api/login`. The answer is `Me` and an http-only cookie. */
export const LoginBody = z.object({ email: z.email(), password: z.string().min(1).max(200) });

/** `GET /api/me`. `csrf` goes into the header `x-csrf-token` of every changing request made with the cookie. */
export const Me = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string(), role: Role }),
  company: z.object({ id: z.string(), name: z.string(), timezone: z.string() }),
  /** What the user may do; hide what is not in it. */
  permissions: z.array(Permission),
  csrf: z.string(),
});
export type Me = z.infer<typeof Me>;
