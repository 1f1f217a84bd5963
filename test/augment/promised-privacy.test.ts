import { describe, expect, it } from 'vitest';
import { augmentBatches } from '../../src/augment/augment-batches.js';
import { fitStream } from '../../src/augment/fit-stream.js';
import type { AugmentOptions } from '../../src/augment/options/augment-options.js';
import { readProvenance } from '../../src/augment/provenance/provenance.js';
import { InvalidOptionError } from '../../src/errors.js';
import { asyncFrom, collect } from '../data/support/arbitrary-batches.js';
import { cutAt, penguins } from './penguins.js';

const all = await penguins();
const privacy = { epsilon: 20, delta: 1e-4 };
const fit = {
  steps: 2,
  recipe: { base: 'dp-tabular', generator: [8], latent: 4, batch: 50, sampleRate: 0.1 },
  privacy,
} as const;

describe('a promise of privacy on a stream', () => {
  it('should stand in the metadata of what comes out', async () => {
    const out = await collect(augmentBatches(asyncFrom([all]), { ratio: 0.2, fit }));

    const [said] = readProvenance(out[0]?.schema.metadata ?? new Map());

    expect(said?.privacy?.delta).toBe(1e-4);
    expect(said?.privacy?.epsilon).toBeGreaterThan(19);
    expect(said?.privacy?.epsilon).toBeLessThanOrEqual(20);
    expect(said?.fingerprint).toBeUndefined();
  });

  it('should be refused where some of the rows are learned', async () => {
    const few = { ...fit, rows: 100 };

    const mixing = collect(augmentBatches(asyncFrom(cutAt(all, [150])), { ratio: 0.2, fit: few }));
    await expect(mixing).rejects.toThrow(/where all rows are learned.*100/);
    await expect(fitStream(cutAt(all, [150]), few)).rejects.toThrow(/where all rows are learned/);
    await expect(fitStream(asyncFrom([all]), few)).rejects.toThrow(InvalidOptionError);
    await expect(fitStream(asyncFrom([all]), { ...few, sample: 'reservoir' })).rejects.toThrow(
      /where all rows are learned/,
    );
  });

  it.each([
    ['gate', { gate: { target: 'species' } }],
    ['agree', { agree: true, target: 'species' }],
    ['rejectCloserThan', { rejectCloserThan: 0.5 }],
    ['drift', { drift: {} }],
    ["recipe 'auto'", { recipe: 'auto', target: 'species' }],
    ["fit.during 'pass'", { fit: { privacy, during: 'pass' } }],
  ] as const)('should be refused with %s', (name, options) => {
    const start = () =>
      augmentBatches(asyncFrom([all]), {
        ratio: 0.2,
        fit: { privacy },
        ...options,
      } as AugmentOptions);

    expect(start).toThrow(`${name} and fit.privacy.epsilon exclude each other`);
  });
});
