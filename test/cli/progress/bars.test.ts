import { describe, expect, it } from 'vitest';
import { drawBars } from '../../../src/cli/progress/bars.js';
import { keepingOutput } from '../support/console.js';

const losses = { critic: 0.5, generator: -1.25 };
const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
const clearLine = '\u001b[2K';

const count = (text: string, part: string) => text.split(part).length - 1;

describe('drawBars', () => {
  it('should draw a bar, clear it and bring the cursor back', () => {
    const { output, text } = keepingOutput({ isTTY: true });
    const { onStep, stop } = drawBars(output);

    onStep({ step: 1, steps: 2, losses });
    onStep({ step: 2, steps: 2, losses });
    stop();

    expect(text()).toContain('1/2 steps');
    expect(text()).toContain('critic 0.50, generator -1.25');
    expect(text().endsWith(clearLine)).toBe(true);
    expect([count(text(), hideCursor), count(text(), showCursor)]).toEqual([1, 1]);
  });

  it('should go on from training to writing', () => {
    const { output, text } = keepingOutput({ isTTY: true });
    const { onStep, onRows, stop } = drawBars(output);

    onStep({ step: 1, steps: 1, losses });
    onRows(10);
    onRows(20);
    stop();

    expect(text()).toContain('writing: 20 rows');
    expect([count(text(), hideCursor), count(text(), showCursor)]).toEqual([2, 2]);
  });

  it('should name the part of a report', () => {
    const { output, text } = keepingOutput({ isTTY: true });
    const { onPart, stop } = drawBars(output);

    onPart('images');
    stop();

    expect(text()).toContain('measuring: images');
    expect(text().endsWith(clearLine)).toBe(true);
  });

  it('should leave notes on lines of their own, and draw again', () => {
    const { output, text } = keepingOutput({ isTTY: true });
    const { onStep, note, stop } = drawBars(output);

    onStep({ step: 1, steps: 2, losses });
    note('gate: so');
    onStep({ step: 2, steps: 2, losses });
    stop();

    const [before = '', after = ''] = text().split('gate: so\n');
    expect(before.endsWith(clearLine)).toBe(true);
    expect(after).toContain('2/2 steps');
    expect([count(text(), hideCursor), count(text(), showCursor)]).toEqual([2, 2]);
  });

  it('should draw nothing more once it is stopped', () => {
    const { output, text } = keepingOutput({ isTTY: true });
    const { onStep, onRows, stop } = drawBars(output);

    onStep({ step: 1, steps: 2, losses });
    stop();
    const before = text();
    onStep({ step: 2, steps: 2, losses });
    onRows(1);
    stop();

    expect(text()).toBe(before);
  });

  it('should write nothing at all when nothing happens', () => {
    const { output, text } = keepingOutput({ isTTY: true });

    drawBars(output).stop();

    expect(text()).toBe('');
  });
});
