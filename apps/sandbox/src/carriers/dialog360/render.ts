/** Webhooks of 360dialog: Meta's body, the headers that were asked for, and a signature for partners (providers 2). */
import { createHmac } from 'node:crypto';
import type { BusinessNumber } from '../../store/identities.ts';
import type { Update } from '../../store/updates.ts';
import { envelope } from '../../webhooks/body.ts';
import type { Rendered } from '../../webhooks/rendered.ts';

export function renderDialog360(update: Update, { line }: BusinessNumber): Rendered | undefined {
  if (line.hook === undefined) return undefined;
  const body = envelope([update]);
  const own = Object.entries(line.hook.headers ?? {}).flat();
  const signed = line.partner_secret === undefined ? [] : ['x-360dialog-signature', createHmac('sha256', line.partner_secret).update(body).digest('hex')];
  return { url: line.hook.url, body, headers: ['content-type', 'application/json', 'user-agent', '360dialog', ...own, ...signed] };
}
