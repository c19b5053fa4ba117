import type { NodeCase } from '../node-case.ts';

export const cases: readonly NodeCase[] = [];
