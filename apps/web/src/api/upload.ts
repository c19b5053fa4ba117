import { ApiError, csrfToken, NetworkError, retryAfterSeconds, toProblem, withQuery } from './http.ts';
import type { UploadedMedia } from './types.ts';

/**
 * Sends a file as the raw body of `POST /api/media`. XMLHttpRequest, because `fetch` tells nothing while a body is sent.
 * `onProgress` gets 0…1.
 */
export function upload(file: File, onProgress: (part: number) => void, signal: AbortSignal): Promise<UploadedMedia> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open('POST', withQuery('/api/media', { filename: file.name }));
    xhr.setRequestHeader('content-type', file.type || 'application/octet-stream');
    xhr.setRequestHeader('x-csrf-token', csrfToken());
    xhr.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    xhr.onload = () => {
      if (xhr.status >= 200 && xhr.status < 300) resolve(JSON.parse(xhr.responseText) as UploadedMedia);
      else reject(new ApiError(toProblem(xhr.status, xhr.statusText, xhr.responseText), retryAfterSeconds(xhr.getResponseHeader('retry-after'))));
    };
    xhr.onerror = () => reject(new NetworkError(null));
    signal.addEventListener('abort', () => {
      xhr.abort();
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    });
    xhr.send(file);
  });
}
