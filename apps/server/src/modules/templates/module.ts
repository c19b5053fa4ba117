import type { Module } from '../../runtime.ts';
import { templateRoutes } from './http.ts';
import { keepSynced } from './keep-synced.ts';
import { noteNews } from './note-news.ts';

export const templatesModule: Module = {
  name: 'templates',
  subscribe(rt) {
    rt.events.on('account.told', (tx, told) => noteNews(rt, tx, told));
  },
  http: templateRoutes,
  start: keepSynced,
};
