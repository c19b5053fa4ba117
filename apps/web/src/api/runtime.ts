/**
 * The one file of the web app that touches the clock, random numbers, the network and storage of the browser.
 * Everything else takes them from here.
 */

/** Milliseconds since the epoch, by the browser's clock. */
export const now = (): number => Date.now();

/** A unique id for a request that must not be done twice. `crypto.randomUUID` is missing on plain http. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
}

export const send = (request: Request, signal: AbortSignal): Promise<Response> => fetch(request, { signal });

/** `localStorage` that never throws: private modes and full disks lose drafts, not the page. */
export const storage = {
  get(key: string): string | null {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key: string, value: string): void {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Full or forbidden: the value lives on in memory only.
    }
  },
  remove(key: string): void {
    try {
      localStorage.removeItem(key);
    } catch {
      // As above.
    }
  },
  keys(): string[] {
    try {
      return Object.keys(localStorage);
    } catch {
      return [];
    }
  },
};

export type Storage = typeof storage;

/** Copies text; the clipboard API is missing on plain http, where the old command still works. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    return copied;
  }
}
