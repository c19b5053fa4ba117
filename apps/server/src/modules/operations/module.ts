import type { Module } from '../../runtime.ts';
import { operationsRoutes } from './http.ts';

export const operationsModule: Module = { name: 'operations', http: operationsRoutes };
