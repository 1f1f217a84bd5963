import { vi } from 'vitest';

/** Waits until a check holds, for as long as a test may take: how fast the machine is must not matter. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 590_000, interval: 20 });
}
