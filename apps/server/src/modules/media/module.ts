import type { Module } from '../../runtime.ts';
import { mediaWorker } from './fetch-media.ts';
import { mediaRoutes } from './http.ts';

export const mediaModule: Module = {
  name: 'media',
  http: mediaRoutes,
  work(rt) {
    rt.lanes.worker(mediaWorker(rt));
  },
  async start(rt) {
    await rt.blobs.tidy();
    return () => Promise.resolve();
  },
};
