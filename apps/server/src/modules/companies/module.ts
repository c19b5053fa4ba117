import type { Module } from '../../runtime.ts';
import { companyRoutes } from './http.ts';

export const companiesModule: Module = { name: 'companies', http: companyRoutes };
