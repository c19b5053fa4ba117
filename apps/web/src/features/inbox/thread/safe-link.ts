/** An address that came over the wire, if it is one a browser may follow; `javascript:` and the like are not. */
export function safeLink(value: unknown): string | null {
  if (typeof value !== 'string' || !URL.canParse(value)) return null;
  return /^https?:$/.test(new URL(value).protocol) ? value : null;
}
