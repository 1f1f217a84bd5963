import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeLines } from '../../../src/cli/progress/lines.js';
import { fakeConsole } from '../support/console.js';

const losses = { critic: 0.5, generator: -1.25 };

describe('writeLines', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('should write a line now and then, and one for the first and the last step', () => {
    const { console, error } = fakeConsole();
    const { onStep } = writeLines(console);

    for (let step = 1; step <= 12; step++) {
      onStep({ step, steps: 12, losses });
      vi.advanceTimersByTime(1000);
    }

    expect(error.text()).toBe(
      'training: step 1 of 12, critic 0.50, generator -1.25\n' +
        'training: step 6 of 12, critic 0.50, generator -1.25\n' +
        'training: step 11 of 12, critic 0.50, generator -1.25\n' +
        'training: step 12 of 12, critic 0.50, generator -1.25\n',
    );
  });

  it('should count rows only when it takes long', () => {
    const { console, error } = fakeConsole();
    const { onRows } = writeLines(console);

    onRows(1000);
    vi.advanceTimersByTime(5000);
    onRows(2000);

    expect(error.text()).toBe('writing: 2,000 rows so far\n');
  });

  it('should name the part of a report only when it takes long', () => {
    const { console, error } = fakeConsole();
    const { onPart } = writeLines(console);

    onPart('images');
    onPart('utility', true);
    vi.advanceTimersByTime(5000);
    onPart('copies');

    expect(error.text()).toBe('measuring: utility\nmeasuring: copies\n');
  });
});
