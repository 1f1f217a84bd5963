import { describe, expect, it } from 'vitest';
import { showProgress } from '../../../src/cli/progress/show.js';
import { fakeConsole } from '../support/console.js';

const step = { step: 1, steps: 1, losses: { critic: 0, generator: 0 } };

describe('showProgress', () => {
  it('should write lines where there is no terminal', () => {
    const { console, error } = fakeConsole();

    const { onStep, stop } = showProgress({ console, signal: new AbortController().signal });
    onStep(step);
    stop();

    expect(error.text()).toBe('training: step 1 of 1, critic 0.00, generator 0.00\n');
  });

  it('should give the terminal back as soon as the user interrupts', () => {
    const { console, error } = fakeConsole({ terminal: true });
    const controller = new AbortController();

    const { onStep } = showProgress({ console, signal: controller.signal });
    onStep(step);
    controller.abort();

    expect(error.text()).toContain('\u001b[?25l');
    expect(error.text()).toContain('\u001b[?25h');
  });
});
