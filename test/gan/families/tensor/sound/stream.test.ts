import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentBatches } from '../../../../../src/augment/augment-batches.js';
import { drawImages } from '../../../../../src/augment/draw-images.js';
import { sampleBatches } from '../../../../../src/augment/sample-batches.js';
import { readSoundColumn } from '../../../../../src/data/sounds/read-column.js';
import { writeSoundFiles } from '../../../../../src/data/sounds/write-files.js';
import { InvalidOptionError, SchemaError } from '../../../../../src/errors.js';
import { fitModel } from '../../../../../src/gan/fit/fit.js';
import { modelFiles, modelFromFiles } from '../../../../../src/gan/model/files.js';
import type { Model } from '../../../../../src/gan/model/model.js';
import { checkAugmented } from '../../../../../src/testing/check-augmented.js';
import { cutAt } from '../../../../augment/penguins.js';
import { asyncFrom, collect } from '../../../../data/support/arbitrary-batches.js';
import { exactRows } from '../../../../data/support/exact.js';
import { caseCount } from '../../../../support/cases.js';
import { hastySounds, soundsTable } from '../sounds-table.js';

let model: Model;
let listed: Model;

beforeAll(async () => {
  model = await hastySounds();
  listed = await hastySounds('list', { base: 'wavegan', criticSteps: 1 });
});

describe('sounds in a stream', () => {
  it('should keep every guarantee of the operator, in tensors and in lists, bit for bit', async () => {
    const given = fc.record({
      ratio: fc.integer({ min: 0, max: 80 }).map((percent) => percent / 100),
      as: fc.constantFrom('tensor', 'list'),
      cuts: fc.array(fc.nat(11), { maxLength: 3 }),
      placement: fc.constantFrom('interleave', 'append'),
    });
    const tables = { tensor: soundsTable(12), list: soundsTable(12, 'list') };
    await fc.assert(
      fc.asyncProperty(given, async ({ ratio, as, cuts, placement }) => {
        const table = tables[as as 'tensor' | 'list'];
        const options = {
          ratio,
          model: as === 'tensor' ? model : listed,
          mark: 'made',
          placement: placement as 'append',
          where: { pitch: 'e' },
        };
        const batches = cutAt(table, cuts);

        const out = await collect(augmentBatches(asyncFrom(batches), options));
        const whole = await collect(augmentBatches(asyncFrom([table]), options));

        checkAugmented(batches, out, options);
        if (placement === 'interleave') expect(exactRows(out)).toEqual(exactRows(whole));
      }),
      { numRuns: caseCount(6, 30) },
    );
  });

  it('should be made alike by a saved model, and in lists that end where silence begins', async () => {
    for (const each of [model, listed]) {
      const files = modelFiles(each);
      const loaded = await modelFromFiles(async (name) => files[name] as Uint8Array, 'model');

      const [before] = await collect(sampleBatches(each, { rows: 20, seed: 3 }));
      const [after] = await collect(sampleBatches(loaded, { rows: 20, seed: 3 }));

      expect(exactRows([after as RecordBatch])).toEqual(exactRows([before as RecordBatch]));
      const sounds = readSoundColumn(before as RecordBatch, 'sound');
      const lengths = Array.from({ length: 20 }, (_, row) => sounds.at(row)?.values.length ?? 0);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(1024);
      expect(Math.min(...lengths)).toBeGreaterThan(0);
    }
    expect(model.manifest.recipe).toMatchObject({ name: 'specgan-r1', family: 'sound' });
  });

  it('should take the recipe for sounds by default, on a thread of its own or not', async () => {
    const batch = soundsTable(8);
    const options = { steps: 1, target: 'pitch', privacy: false } as const;
    const recipe = { base: 'specgan-r1', widthMultiplier: 1 / 32 } as const;

    const models = [
      await fitModel(batch.schema, [batch], { ...options, thread: 'worker', recipe }),
      await fitModel(batch.schema, [batch], { ...options, thread: 'caller', recipe }),
    ];

    expect(models[0]?.id).toBe(models[1]?.id);
  });

  it('should be written as WAV files, and drawn', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'gan-augment-'));

    const written = await writeSoundFiles(
      directory,
      sampleBatches(model, { rows: 3, where: { pitch: 'a' } }),
      { label: 'pitch' },
    );
    const drawn = await drawImages(model, { rows: 4, columns: 2 });

    expect(written).toBe(3);
    expect((await readdir(directory)).sort()).toEqual([
      '00000-a.wav',
      '00001-a.wav',
      '00002-a.wav',
    ]);
    expect([drawn.width, drawn.height]).toEqual([2 * 96 + 2, 2 * 96 + 2]);
    await rm(directory, { recursive: true });
  });

  it('should refuse recipes and columns that do not suit', async () => {
    const batch = soundsTable(8);
    const fitting = (recipe: object, of = batch) =>
      fitModel(of.schema, [of], {
        steps: 1,
        thread: 'caller',
        target: 'pitch',
        recipe: recipe as never,
      });

    await expect(fitting({ base: 'wavegan', samples: 0.5 })).rejects.toThrow(InvalidOptionError);
    await expect(fitting({ base: 'wavegan', augmentations: ['cutout'] })).rejects.toThrow(
      /waveforms/,
    );
    await expect(fitting({ base: 'specgan', representation: 'x' })).rejects.toThrow(
      /representation/,
    );
    await expect(fitting({ base: 'wavegan', samples: 512 })).rejects.toThrow(SchemaError);
    await expect(fitting({ base: 'dcgan' })).rejects.toThrow(/no column of images/);
  });
});
