import { copyFile, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Copies stored files. Their names never change and their contents neither, so a running server is no danger: one that is removed
 * meanwhile is left out. Files and folders with a dot in front are drafts.
 */
export async function copyMedia(from: string, to: string): Promise<{ files: number; bytes: number }> {
  const total = { files: 0, bytes: 0 };
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      const inside = await copyMedia(source, target);
      total.files += inside.files;
      total.bytes += inside.bytes;
    } else if (entry.isFile() && await copied(source, target)) {
      total.files += 1;
      total.bytes += (await stat(target)).size;
    }
  }
  return total;
}

async function copied(source: string, target: string): Promise<boolean> {
  try {
    await copyFile(source, target);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
