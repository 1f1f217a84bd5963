import { afterEach, beforeEach, expect, vi } from 'vitest';

/** Has each test of a file fail that leaves a rejection unhandled. */
export function refuseUnhandledRejections(): void {
  const unhandled = vi.fn();
  beforeEach(() => {
    unhandled.mockClear();
    process.on('unhandledRejection', unhandled);
  });
  afterEach(async () => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
}
