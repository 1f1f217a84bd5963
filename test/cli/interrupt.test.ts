import { describe, expect, it } from 'vitest';
import { listenForInterrupt } from '../../src/cli/interrupt.js';

/** The listeners that `action` adds. */
function added(name: 'SIGINT' | 'SIGTERM' | 'SIGHUP', action: () => void) {
  const before = new Set(process.listeners(name));
  action();
  return process.listeners(name).filter((listener) => !before.has(listener));
}

describe('listenForInterrupt', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('should abort on %s, once', (name) => {
    let interrupt = {} as ReturnType<typeof listenForInterrupt>;
    const [listener, ...others] = added(name, () => {
      interrupt = listenForInterrupt();
    });
    const before = interrupt.signal.aborted;

    listener?.(name);

    expect(others).toEqual([]);
    expect([before, interrupt.signal.aborted]).toEqual([false, true]);
    expect(process.listeners('SIGINT')).not.toContain(listener);
    expect(process.listeners('SIGTERM')).not.toContain(listener);
  });

  it('should leave no listener behind', () => {
    const left = added('SIGINT', () => listenForInterrupt().stop());

    expect(left).toEqual([]);
  });
});
