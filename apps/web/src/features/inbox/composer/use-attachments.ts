import { useCallback, useEffect, useRef, useState } from 'react';
import { newId } from '../../../api/runtime.ts';
import { upload } from '../../../api/upload.ts';
import { kindOf, type SendableKind } from './file-kind.ts';

export interface Attachment {
  key: string;
  file: File;
  kind: SendableKind;
  /** 0…1 of the bytes that left. */
  progress: number;
  /** Ours, once the server has it. */
  mediaId: string | null;
  error: unknown;
  /** Shows pictures before they are anywhere else. */
  preview: string | null;
}

export interface Attachments {
  files: readonly Attachment[];
  /** Nothing is under way and nothing failed. */
  settled: boolean;
  /** Something is under way. */
  uploading: boolean;
  add: (files: readonly File[]) => void;
  retry: (key: string) => void;
  remove: (key: string) => void;
  clear: () => void;
}

/** More in one go is a mistake of the hand. */
const MAX_FILES = 10;

/** Files being attached: they are uploaded at once, so that sending is quick. */
export function useAttachments(conversationId: string): Attachments {
  const [files, setFiles] = useState<readonly Attachment[]>([]);
  const aborts = useRef(new Map<string, AbortController>());

  const patch = useCallback((key: string, over: Partial<Attachment>) => setFiles((list) => list.map((f) => (f.key === key ? { ...f, ...over } : f))), []);
  const start = useCallback(
    (key: string, file: File) => {
      const abort = new AbortController();
      aborts.current.set(key, abort);
      upload(file, (progress) => patch(key, { progress }), abort.signal)
        .then(
          (media) => patch(key, { mediaId: media.id, progress: 1 }),
          (error: unknown) => {
            if (!abort.signal.aborted) patch(key, { error });
          },
        )
        .finally(() => aborts.current.delete(key));
    },
    [patch],
  );
  const stop = useCallback((list: readonly Attachment[]) => {
    for (const f of list) {
      aborts.current.get(f.key)?.abort();
      if (f.preview) URL.revokeObjectURL(f.preview);
    }
  }, []);

  const current = useRef(files);
  current.current = files;
  useEffect(() => () => stop(current.current), [conversationId, stop]);

  const add = useCallback(
    (picked: readonly File[]) => {
      const room = MAX_FILES - current.current.length;
      const added = picked.slice(0, Math.max(0, room)).map((file): Attachment => {
        const kind = kindOf(file.type);
        return { key: newId(), file, kind, progress: 0, mediaId: null, error: undefined, preview: kind === 'image' ? URL.createObjectURL(file) : null };
      });
      setFiles((list) => [...list, ...added]);
      for (const f of added) start(f.key, f.file);
    },
    [start],
  );
  return {
    files,
    settled: files.every((f) => f.mediaId !== null),
    uploading: files.some((f) => f.mediaId === null && f.error === undefined),
    add,
    retry: (key) => {
      const found = files.find((f) => f.key === key);
      if (!found) return;
      patch(key, { error: undefined, progress: 0 });
      start(key, found.file);
    },
    remove: (key) => {
      stop(files.filter((f) => f.key === key));
      setFiles((list) => list.filter((f) => f.key !== key));
    },
    clear: () => {
      stop(files);
      setFiles([]);
    },
  };
}
