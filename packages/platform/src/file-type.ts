import { open } from 'node:fs/promises';

/** As much of a file as is looked at to tell text from bytes. */
const SAMPLE = 64 * 1024;
// Tab, line feed, form feed, carriage return and escape are in texts, other control characters are not.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/;

/** What a file is by its bytes: a media type, `text/plain` for anything that is readable UTF-8, undefined when it is nothing known. */
export async function typeOfFile(path: string): Promise<string | undefined> {
  // Loaded with the first file: a process that sees none does without.
  const { fileTypeFromFile } = await import('file-type');
  const found = await fileTypeFromFile(path);
  return found?.mime ?? (await isText(path) ? 'text/plain' : undefined);
}

async function isText(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE), 0, SAMPLE, 0);
    // A character may be cut in two at the end of the sample: `stream` forgives that.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, bytesRead), { stream: bytesRead === SAMPLE });
    return !CONTROL.test(text);
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  } finally {
    await file.close();
  }
}
