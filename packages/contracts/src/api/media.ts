import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';

export const UploadQuery = z.object({ filename: z.string().max(1000).optional().describe('What the file is called.') });
export const DownloadQuery = z.object({ download: z.string().optional().describe('`1`: to be saved, not shown.') });
export const UploadedFile = z.object({ id: z.string(), mime_type: z.string(), size: z.number().int(), filename: z.string().nullable() }).meta({ id: 'UploadedFile' });

export const mediaEndpoints: readonly Endpoint[] = [
  {
    id: 'uploadFile', method: 'post', path: '/api/media', tag: 'media', permission: 'whatsapp:send_message', summary: 'Upload a file',
    description: 'The body is the file itself, with its content type. The id goes into `media_id` of a message.',
    query: UploadQuery, body: { type: '*/*' },
    answers: { 201: { description: 'It is kept.', schema: UploadedFile, example: { id: 'med_01kah0s0xbe7rtq1rq7mpv0a6e', mime_type: 'application/pdf', size: 52_114, filename: 'oferta.pdf' } } },
    problems: ['media.too_large', 'media.empty', 'media.cut_off'],
  },
  {
    id: 'downloadFile', method: 'get', path: '/api/media/{id}', tag: 'media', permission: 'whatsapp:read', summary: 'A file',
    description: 'Takes `Range` and `If-None-Match`.', query: DownloadQuery,
    answers: { 200: { description: 'The file.', type: '*/*' }, 206: { description: 'The part that was asked for.', type: '*/*' }, 304: { description: 'You have it already.' } },
    problems: ['media.not_found', 'media.pending', 'media.failed', 'media.lost', 'media.range'],
  },
  {
    id: 'fetchLinkedFile', method: 'get', path: '/files/{token}', tag: 'media', permission: 'public', summary: 'A file for a carrier', description: 'Carriers that fetch files get an address that is good for a short time.',
    answers: { 200: { description: 'The file.', type: '*/*' } }, problems: ['media.not_found'],
  },
];
