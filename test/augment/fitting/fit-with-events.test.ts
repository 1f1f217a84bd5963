import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { augmentBatches, augmentWith } from '../../../src/augment/augment-batches.js';
import type { AugmentEvent } from '../../../src/augment/events.js';
import type { StreamFitOptions } from '../../../src/augment/options/stream-fit.js';
import type { TrainingEvent } from '../../../src/gan/training/events.js';
import { asyncFrom, collect } from '../../data/support/arbitrary-batches.js';
import { penguins } from '../penguins.js';
import { numberedBatches, numberedModel, numberedTools } from '../support/numbered.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gan-augment-'));
});
afterEach(() => rm(directory, { recursive: true }));

const told: TrainingEvent[] = [
  { type: 'estimate', steps: 9, seconds: 1.5, bytes: 1000 },
  { type: 'resumed', step: 2 },
  { type: 'score', step: 3, score: 0.5, best: true },
  { type: 'checkpoint', step: 3 },
  { type: 'collapse', step: 4, variety: 0.1 },
  { type: 'rollback', step: 5, to: 3, rate: 0.25 },
  { type: 'done', step: 8, kept: 3, reason: 'patience' },
];

/** Augments numbered rows by a training that tells of these events. */
async function augment(fit: StreamFitOptions, events = told) {
  const { tools } = numberedTools();
  const seen: AugmentEvent[] = [];
  const given: Partial<StreamFitOptions>[] = [];
  const telling: typeof tools = {
    ...tools,
    async fit(schema, held, options, signal) {
      given.push(options);
      options.onStep?.({ step: 1, steps: 9, losses: { critic: 1, generator: 2 } });
      for (const event of events) options.onEvent?.(event);
      return tools.fit(schema, held, options, signal);
    },
  };
  const progress = { next: (event: AugmentEvent) => void seen.push(event), ...unused };
  await collect(
    augmentWith(telling, asyncFrom(numberedBatches([4])), { ratio: 0.5, fit, progress }),
  );
  return { given, fits: seen.filter(({ type }) => type.startsWith('fit')) };
}
const unused = { error: vi.fn(), complete: vi.fn() };

describe('events of training', () => {
  it('should reach an observer, in their order, and say at the end why it was over', async () => {
    const { fits } = await augment({ rows: 4 });

    expect(fits).toEqual([
      { type: 'fit-started', cause: 'start', rows: 4 },
      { type: 'fit-step', step: 1, steps: 9, losses: { critic: 1, generator: 2 } },
      { type: 'fit-estimate', steps: 9, seconds: 1.5, bytes: 1000 },
      { type: 'fit-resumed', step: 2 },
      { type: 'fit-score', step: 3, score: 0.5, best: true },
      { type: 'fit-checkpoint', step: 3 },
      { type: 'fit-collapse', step: 4, variety: 0.1 },
      { type: 'fit-rollback', step: 5, to: 3, rate: 0.25 },
      {
        ...{ type: 'fit-stopped', reason: 'done', model: numberedModel().id },
        ...{ because: 'patience', step: 8, kept: 3 },
      },
    ]);
    expect(unused.error).not.toHaveBeenCalled();
    expect(unused.complete).not.toHaveBeenCalled();
  });

  it('should still reach fit.onStep and fit.onEvent', async () => {
    const [onStep, onEvent] = [vi.fn(), vi.fn()];

    await augment({ rows: 4, onStep, onEvent });

    expect(onStep).toHaveBeenCalledOnce();
    expect(onEvent.mock.calls.map(([event]) => event)).toEqual(told);
  });

  it.each(['worker', 'caller'] as const)('should come of a training on the %s', async (thread) => {
    const all = await penguins();
    const seen: AugmentEvent[] = [];
    const checkpoint = thread === 'worker' ? join(directory, 'checkpoint') : undefined;
    const fit = { steps: 6, thread, checkpoint };

    await collect(
      augmentBatches(asyncFrom([all]), {
        ratio: 0.3,
        fit,
        progress: (event) => seen.push(event),
      }),
    );

    const fits = seen.filter(({ type }) => type.startsWith('fit-'));
    expect(fits.filter(({ type }) => type === 'fit-step')).toHaveLength(6);
    expect(fits.filter(({ type }) => type !== 'fit-step')).toMatchObject([
      { type: 'fit-started', rows: 344 },
      { type: 'fit-rules', rules: [{ kind: 'combination', columns: ['species', 'island'] }] },
      { type: 'fit-estimate', steps: 6 },
      ...(checkpoint ? [{ type: 'fit-checkpoint', step: 6 }] : []),
      { type: 'fit-stopped', reason: 'done', because: 'steps', step: 6, kept: 6 },
    ]);
  });
});
