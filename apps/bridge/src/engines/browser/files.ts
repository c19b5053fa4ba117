import { readFile } from 'node:fs/promises';

/** A file as a page takes it. */
export const base64Of = (path: string): Promise<string> => readFile(path, 'base64');
