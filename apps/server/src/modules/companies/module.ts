import type { Module } from '../../runtime.ts';
import { companyRoutes } from './http.ts';
import { followMessages, usageOf } from './usage.ts';

export const companiesModule: Module = {
  name: 'companies',
  subscribe: followMessages,
  http: companyRoutes,
  start: (rt) => Promise.resolve(() => usageOf(rt).settle()),
};
