/** Where a stored file is served; the cookie authorises. */
export const mediaUrl = (id: string, download = false): string => `/api/media/${encodeURIComponent(id)}${download ? '?download=1' : ''}`;
