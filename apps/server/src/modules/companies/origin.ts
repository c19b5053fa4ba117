/**
 * Whether a browser's page may talk to us with its cookie: one of PUBLIC_URL, or one served by the host it now calls. No Origin
 * header: not a page of another site.
 */
export function isOwnOrigin(publicUrl: string, { origin, host }: { readonly origin: string | undefined; readonly host: string | undefined }): boolean {
  if (origin === undefined) return true;
  const page = URL.parse(origin);
  if (!page) return false;
  return page.origin === new URL(publicUrl).origin || page.host === host?.toLowerCase();
}
