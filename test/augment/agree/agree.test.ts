import type { RecordBatch } from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../../src/augment/augment-batches.js';
import type { AugmentEvent } from '../../../src/augment/events.js';
import { readProvenance } from '../../../src/augment/provenance/provenance.js';
import { InvalidOptionError } from '../../../src/errors.js';
import { fitModel } from '../../../src/gan/fit/fit.js';
import { asyncFrom, collect } from '../../data/support/arbitrary-batches.js';
import { exactRows } from '../../data/support/exact.js';
import { stripesTable } from '../../evaluate/image/stripes-table.js';
import { cutAt, penguins } from '../penguins.js';

let all: RecordBatch;

beforeAll(async () => {
  all = await penguins();
});

const species = (batches: readonly RecordBatch[]) =>
  batches.flatMap((batch) => [...(batch.getChild('species') ?? [])]);

describe('agree', () => {
  const options = {
    ratio: 0.5,
    recipe: { base: 'copula', perClass: false },
    target: 'species',
    agree: true,
    balance: 'species',
    fit: { thread: 'caller' },
  } as const;

  it('should drop rows that are not of their class, and keep shares and balance', async () => {
    const events: AugmentEvent[] = [];

    const out = await collect(
      augmentBatches([all], { ...options, progress: (event) => events.push(event) }),
    );

    const asked = events.filter((event) => event.type === 'rows-agreed').at(-1);
    expect(asked?.disagreed).toBeGreaterThan(0);
    expect(species(out)).toHaveLength(2 * all.numRows);
    const counts = ['Adelie', 'Chinstrap', 'Gentoo'].map(
      (name) => species(out).filter((each) => each === name).length,
    );
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(20);
  });

  it('should give the same rows however the stream is cut, and with a model that is there', async () => {
    const { recipe, target, fit, ...mixing } = options;
    const model = await fitModel(all.schema, [all], { recipe, target, ...fit, seed: 0 });
    const whole = exactRows(await collect(augmentBatches([all], options)));

    const cut = await collect(augmentBatches(asyncFrom(cutAt(all, [50, 170])), options));
    const { agree, ...without } = mixing;
    const free = await collect(augmentBatches([all], { ...without, model }));

    expect(exactRows(cut)).toEqual(whole);
    expect(exactRows(free)).not.toEqual(whole);
  });

  it('should need a target of classes', async () => {
    const run = (target?: string) =>
      collect(augmentBatches([all], { ...options, target } as never));

    await expect((async () => run())()).rejects.toThrow(InvalidOptionError);
    await expect(run('bill_depth_mm')).rejects.toThrow(/agree needs a target of classes/);
  });
});

describe("recipe 'auto'", () => {
  it('should choose by the rows, and say in the metadata what and why', async () => {
    const [few] = cutAt(all, [90]) as [RecordBatch, RecordBatch];

    const out = await collect(
      augmentBatches([few], {
        ratio: 0.4,
        recipe: 'auto',
        target: 'sex',
        gate: { mix: 'unless it hurts' },
        fit: { thread: 'caller' },
        progress: false,
      }),
    );

    const { gate, ratio, recipe } =
      readProvenance(out[0]?.schema.metadata ?? new Map()).at(-1) ?? {};
    const tried = new Set(gate?.trials.map((trial) => trial.recipe));
    expect(tried).toEqual(new Set(['smote-nc', 'bootstrap', 'copula']));
    expect(gate?.reason).toMatch(/3 × 5 folds of 90 real rows/);
    expect(Object.keys(gate?.free ?? {})).toContain('class weights');
    expect(recipe ?? null).toBe(gate?.recipe ?? null);
    expect(ratio).toBe(gate?.ratio);
  });

  it('should refuse images, which its makers cannot make', async () => {
    const images = stripesTable(20, 1);
    const options = { ratio: 0.5, recipe: 'auto', target: 'label' } as const;

    await expect(collect(augmentBatches([images], options))).rejects.toThrow(
      /recipe 'auto' chooses among makers of tables, and column '\w+' holds images/,
    );
  });
});
