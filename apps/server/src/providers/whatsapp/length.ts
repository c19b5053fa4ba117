import type { MediaContent } from '../../messaging/index.ts';

/** `length('title', s, [1, 20])`: why `s` is too short or too long. */
export function length(what: string, value: string, [min, max]: readonly [number, number]): string | undefined {
  if (value.trim().length < min) return `the ${what} is empty`;
  return value.length > max ? `the ${what} may have ${max} characters, this one has ${value.length}` : undefined;
}

/** Where a file comes from: ours (uploaded before sending), already at the carrier, or a link. */
export function sourceProblem(media: MediaContent['media']): string | undefined {
  if (media.id === undefined && media.remote_id === undefined && media.link === undefined) return 'it names no file';
  if (media.link !== undefined && media.remote_id === undefined && media.id === undefined && !/^https?:\/\//i.test(media.link)) return 'the link of a file begins with https://';
  return undefined;
}
