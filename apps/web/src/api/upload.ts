import type { Schema } from '@centralita/sdk';
import { answer, api, inSession } from './client.ts';

/** Sends a file. `onProgress` gets 0…1. */
export function upload(file: File, onProgress: (part: number) => void, signal: AbortSignal): Promise<Schema<'UploadedFile'>> {
  return answer(api.POST('/api/media', {
    params: { query: { filename: file.name } }, body: file, headers: { 'content-type': file.type || 'application/octet-stream' }, signal,
    fetch: inSession((request) => sendTold(request, file, onProgress)),
  }));
}

/** XMLHttpRequest, because `fetch` tells nothing while a body is sent. */
function sendTold(request: Request, file: File, onProgress: (part: number) => void): Promise<Response> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(request.method, request.url);
    request.headers.forEach((value, name) => xhr.setRequestHeader(name, value));
    xhr.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    xhr.onload = () => {
      const retryAfter = xhr.getResponseHeader('retry-after');
      resolve(new Response(xhr.responseText, { status: xhr.status, statusText: xhr.statusText, ...(retryAfter !== null && { headers: { 'retry-after': retryAfter } }) }));
    };
    xhr.onerror = () => reject(new TypeError('No answer to an upload.'));
    request.signal.addEventListener('abort', () => {
      xhr.abort();
      reject(request.signal.reason as Error);
    });
    xhr.send(file);
  });
}
