import type { Clock } from '@twin/core/ports';

export const systemClock: Clock = { now: () => Date.now() };
