import { decodeId, encodeId } from '@centralita/kernel';
import type { Place } from '../conversations/index.ts';
import { errors } from './errors.ts';

const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/;

/** A place in the list as one opaque word for the wire. */
export function encodeCursor(place: Place): string {
  return Buffer.from(`${place.at}|${encodeId('conv', place.id)}`).toString('base64url');
}

/** Throws `inbox.bad_cursor`. */
export function decodeCursor(cursor: string): Place {
  const [at = '', given = ''] = Buffer.from(cursor, 'base64url').toString().split('|');
  const id = decodeId('conv', given);
  if (!TIME.test(at) || id === undefined) throw errors.bad_cursor();
  return { at, id };
}
