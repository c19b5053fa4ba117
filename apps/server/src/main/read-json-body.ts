import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { whyUnstorable } from '@centralita/platform/storable';
import { errors } from './problems.ts';

/**
 * How bodies of the API are read: JSON that can be stored as it came, or nothing. What is not UTF-8 is refused rather than kept with
 * its accents lost, and many clients name a content-type where they send no body. Rooms that take files and webhooks read for themselves.
 */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (body.length === 0) return done(null, undefined);
    if (!isUtf8(body)) return done(errors.malformed('It is not UTF-8.'));
    return parse(request, body.toString('utf8'), (error, value: unknown) => {
      const why = error ? undefined : whyUnstorable(value);
      if (why === undefined) done(error, value);
      else done(errors.malformed(why));
    });
  });
}
