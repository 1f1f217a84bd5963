import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../src/augment/augment-batches.js';
import { fitStream } from '../../src/augment/fit-stream.js';
import { ganAugment } from '../../src/augment/gan-augment.js';
import { readProvenance } from '../../src/augment/provenance/provenance.js';
import { fromBatches } from '../../src/augment/stream/sources.js';
import { type PlainRow, plainRows } from '../../src/data/rows/to-rows.js';
import { schemaDifference } from '../../src/data/schema/schema.js';
import { InvalidOptionError } from '../../src/errors.js';
import type { Model } from '../../src/gan/model/model.js';
import { collect } from '../data/support/arbitrary-batches.js';
import { exactRows } from '../data/support/exact.js';
import {
  eventTable,
  hastySequences,
  smallSequenceRecipe,
} from '../gan/families/sequence/small-sequences.js';
import { caseCount } from '../support/cases.js';
import { cutAt } from './penguins.js';

const sequence = { by: 'device', orderBy: 'time' } as const;
const events = eventTable();
let model: Model;

beforeAll(async () => {
  model = await hastySequences();
});

const rowsOf = (batches: readonly RecordBatch[]) => collect(plainRows(fromBatches(batches)));

/** Devices in the order in which their rows come, each with its rows. */
function devicesOf(rows: readonly PlainRow[]): PlainRow[][] {
  const devices: PlainRow[][] = [];
  for (const row of rows) {
    if (devices.at(-1)?.[0]?.device !== row.device) devices.push([]);
    devices.at(-1)?.push(row);
  }
  return devices;
}

describe('augmenting sequences of a long table', () => {
  it('should keep real rows bit for bit, and add sequences by the ratio, however the stream is cut', async () => {
    const given = fc.record({
      percent: fc.integer({ min: 0, max: 75 }),
      cuts: fc.array(fc.nat(events.numRows), { maxLength: 4 }),
      placement: fc.constantFrom('interleave' as const, 'append' as const),
    });
    const real = exactRows([events]);
    const count = devicesOf(await rowsOf([events])).length;
    await fc.assert(
      fc.asyncProperty(given, async ({ percent, cuts, placement }) => {
        const options = { ratio: percent / 100, model, sequence, mark: 'made', placement };

        const out = await collect(augmentBatches(cutAt(events, cuts), options));

        const all = exactRows(out);
        const kept = all.filter((row) => row.at(-1) === false).map((row) => row.slice(0, -1));
        expect(kept).toEqual(real);
        const made = devicesOf((await rowsOf(out)).filter((row) => row.made));
        expect(made).toHaveLength(Math.floor((count * percent) / (100 - percent) + 1e-9));
      }),
      { numRuns: caseCount(12, 100) },
    );
  });

  it('should give new entities new keys, attributes that are asked for, and times in order', async () => {
    const options = { ratio: 0.5, model, sequence, mark: 'made', where: { place: 'south' } };
    const rows = await rowsOf(await collect(ganAugment(options)(events)));
    const [real, made] = [false, true].map((mark) =>
      devicesOf(rows.filter((row) => row.made === mark)),
    ) as [PlainRow[][], PlainRow[][]];

    expect(made).toHaveLength(60);
    const keys = new Set(real.map(([row]) => row?.device));
    for (const device of made) {
      expect(keys).not.toContain(device[0]?.device);
      expect(
        new Set(device.map(({ place, weight, unit }) => `${place} ${weight} ${unit}`)).size,
      ).toBe(1);
      expect(device[0]?.place).toBe('south');
      const times = device.map(({ time }) => (time as Date).getTime());
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
  });

  it('should train on sequences of the stream, keep the columns, and say what was done', async () => {
    const fit = { steps: 2, rows: 40, thread: 'caller' } as const;
    const recipe = { base: 'doppelganger', ...smallSequenceRecipe } as const;

    const out = await collect(augmentBatches(events, { ratio: 0.25, sequence, recipe, fit }));
    const trained = await fitStream(events, { ...fit, sequence, recipe });

    const { schema } = out[0] as RecordBatch;
    expect(schemaDifference(events.schema, schema)).toBeUndefined();
    expect(readProvenance(schema.metadata)).toMatchObject([
      { recipe: 'doppelganger', ratio: 0.25, model: trained.id },
    ]);
    expect(trained.manifest.training.rows).toBe(40);
  });

  it.each([
    [{ rejectCloserThan: 0.1 }, 'rejectCloserThan'],
    [{ drift: {} }, 'drift'],
  ])('should refuse what compares rows of tables: %o', (options, name) => {
    const call = () => augmentBatches(events, { ratio: 0.3, sequence, ...options });

    expect(call).toThrow(InvalidOptionError);
    expect(call).toThrow(`'sequence' and '${name}' exclude each other`);
  });
});
