import { describe, expect, it } from 'vitest';
import type { AugmentEvent } from '../../../src/augment/events.js';
import { createHint } from '../../../src/augment/progress/hint.js';
import { createLog } from '../../../src/augment/progress/log.js';

/** What is written of events, each at its second. */
function written(
  events: readonly (readonly [second: number, event: AugmentEvent])[],
  create: typeof createHint,
) {
  const texts: string[] = [];
  let second = 0;
  const output = { isTTY: true, write: (text: string) => texts.push(text) };
  const tell = create(output, () => second * 1000);
  for (const [at, event] of events) {
    second = at;
    tell(event);
  }
  return texts;
}

const losses = { critic: 0.5, generator: -1.25 };
const step = (number: number): AugmentEvent => ({
  type: 'fit-step',
  step: number,
  steps: 100,
  losses,
});
const training: (readonly [number, AugmentEvent])[] = [
  [0, { type: 'fit-started', cause: 'start', rows: 300 }],
  [1, step(1)],
  [2, step(2)],
  [9, { type: 'fit-score', step: 2, score: 0.91, best: true }],
  [12, step(12)],
  [13, step(13)],
  [14, { type: 'fit-score', step: 13, score: 0.7, best: false }],
  [100, step(100)],
  [
    101,
    { type: 'fit-stopped', reason: 'done', because: 'patience', step: 100, kept: 2, model: 'a' },
  ],
  [102, { type: 'ended', reason: 'completed', realRows: 344, syntheticRows: 147 }],
];

describe('a training without an observer', () => {
  it('should break its silence once after ten seconds, and say what came of it', () => {
    expect(written(training, createHint)).toEqual([
      "gan-augment: training goes on: step 12 of 100, about 1 min 28 s left. progress: 'log' shows " +
        'more, fit: { seconds: 60 } or fit: { steps: 25 } trains shorter, and progress: false says ' +
        'nothing\n',
      'gan-augment: trained 100 steps in 1 min 41 s, as nothing got better; the best state is kept, ' +
        'of step 2; score by held-out rows 0.910\n',
    ]);
  });

  it('should say what is left only when steps that came together are over', () => {
    const slow: typeof training = [
      [0, { type: 'fit-started', cause: 'start', rows: 300 }],
      [20, step(1)],
      [20.001, step(2)],
      [30, step(3)],
    ];

    const texts = written(slow, createHint);

    expect(texts).toEqual([expect.stringContaining('step 3 of 100, about 16 min 10 s left')]);
  });

  it('should not be heard of where it is short', () => {
    const short = training.map(([second, event]) => [second / 20, event] as const);

    expect(written(short, createHint)).toEqual([]);
  });

  it('should say that a stream was learned by its first rows alone', () => {
    const rest = { rows: 50_000, of: 3_000_000, drifted: [{ name: 'date', index: 5.378 }] };
    const events: AugmentEvent[] = [
      { type: 'rows-learned', sample: 'even', rows: 50, of: 100 },
      { type: 'rows-learned', sample: 'first', ...rest },
    ];

    expect(
      written(
        events.map((event) => [1, event] as const),
        createHint,
      ),
    ).toEqual([
      'gan-augment: learned the first 50,000 rows of 3,000,000; the others are unlike them in date ' +
        '5.38 (population stability index). Give a file instead of a stream, which is learned ' +
        'evenly, or raise fit.rows\n',
    ]);
  });

  it('should say why it failed, where it took long', () => {
    const failed: AugmentEvent = {
      type: 'fit-stopped',
      reason: 'failed',
      error: new Error('disk full'),
    };

    const texts = written([...training.slice(0, 5), [13, failed]], createHint);

    expect(texts.at(-1)).toBe('gan-augment: training failed: disk full\n');
  });
});

describe("progress: 'log'", () => {
  it('should write a line now and then, and at the end what came of it, with the score', () => {
    const texts = written(training, (output, now) => createLog(output, false, now));

    expect(texts).toEqual([
      'gan-augment: training on 300 rows\n',
      'gan-augment: training: step 1 of 100, critic 0.50, generator -1.25\n',
      'gan-augment: training: step 12 of 100, critic 0.50, generator -1.25, 1 min 28 s left\n',
      'gan-augment: training: step 100 of 100, critic 0.50, generator -1.25\n',
      expect.stringContaining('trained 100 steps in 1 min 41 s, as nothing got better'),
      "gan-augment: done: 147 synthetic rows among 344 real rows; the model's score 0.910\n",
    ]);
  });
});

describe("progress: 'bar'", () => {
  it('should draw one line anew on a terminal, and leave what stays', () => {
    const texts = written(training, (output, now) => createLog(output, true, now));

    const drawn = texts.filter((text) => text.startsWith('\r\u001b[2Kgan-augment: training: step'));
    expect(drawn).toHaveLength(5);
    expect(drawn.every((text) => !text.endsWith('\n'))).toBe(true);
    expect(texts.at(-2)?.startsWith('\r\u001b[2Kgan-augment: trained 100 steps')).toBe(true);
    expect(texts.at(-2)?.endsWith('\n')).toBe(true);
  });

  it('should be lines where there is no terminal', () => {
    const texts: string[] = [];
    const tell = createLog({ write: (text) => texts.push(text) }, true, () => 0);

    tell(step(1));

    expect(texts).toEqual([expect.stringMatching(/^gan-augment: training: step 1 of 100.*\n$/)]);
  });
});
