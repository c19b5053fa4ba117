import { z } from 'zod';
import { CallRequest } from '../call-request.ts';
import { defineEvent } from './define.ts';

/** Make this call, outside any lock, and come back with `call_completed` and the same `call_id`. `resolveRequest` puts the secrets in. */
export const call_requested = defineEvent(
  z.strictObject({ type: z.literal('call_requested'), node: z.string(), call_id: z.string(), request: CallRequest }),
  {
    type: 'call_requested', node: 'consulta', call_id: 'bses_1.4',
    request: {
      method: 'GET', url: 'https://api.example.com/v1/tramites?rut=1-9', timeout_ms: 10_000,
      headers: { authorization: ['Bearer ', { secret: 'API_TOKEN', escape: 'none' }] },
    },
  },
);
