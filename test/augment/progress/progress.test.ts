import { afterEach, describe, expect, it, vi } from 'vitest';
import { augmentWith } from '../../../src/augment/augment-batches.js';
import { fitStream } from '../../../src/augment/fit-stream.js';
import type { ProgressOption } from '../../../src/augment/progress/option.js';
import { collect } from '../../data/support/arbitrary-batches.js';
import { batchOf, numberedBatches, numberedTools } from '../support/numbered.js';

afterEach(() => void vi.restoreAllMocks());

/** What comes to stderr while numbered rows are augmented by a training of one step. */
async function stderrOf(progress: ProgressOption | undefined): Promise<string> {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { tools } = numberedTools();
  const fit: typeof tools.fit = async (schema, batches, settings, signal) => {
    settings.onStep?.({ step: 1, steps: 1, losses: { generator: 1 } });
    return tools.fit(schema, batches, settings, signal);
  };
  const options = { ratio: 0.5, fit: { rows: 4 }, progress };
  await collect(augmentWith({ ...tools, fit }, numberedBatches([4]), options));
  return write.mock.calls.map(([text]) => text).join('');
}

describe('progress', () => {
  it("should be lines on stderr for 'log'", async () => {
    const lines = (await stderrOf('log')).split('\n');

    expect(lines[0]).toBe('gan-augment: training on 4 rows');
    expect(lines[1]).toMatch(/^gan-augment: training: step 1 of 1, generator 1.00$/);
    expect(lines.at(-2)).toBe('gan-augment: done: 4 synthetic rows among 4 real rows');
  });

  it.each([[false], [undefined], [() => {}]] as const)(
    'should leave stderr alone for %o, where nothing takes long',
    async (progress) => {
      expect(await stderrOf(progress)).toBe('');
    },
  );

  it('should be seen of a training alone, which is the same with and without it', async () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const rows = batchOf(Array.from({ length: 100 }, (_, k) => (k * k) % 23));
    const types: string[] = [];
    const fit = { steps: 2, thread: 'caller' } as const;

    const seen = [
      await fitStream(rows, { ...fit, progress: 'log' }),
      await fitStream(rows, { ...fit, progress: ({ type }) => void types.push(type) }),
      await fitStream(rows, { ...fit, progress: false }),
    ];

    expect(new Set(seen.map(({ id }) => id)).size).toBe(1);
    expect(write.mock.calls.join('')).toMatch(/trained 2 steps in .*\n/);
    expect(types).toEqual(expect.arrayContaining(['fit-started', 'fit-step', 'fit-stopped']));
  });
});
