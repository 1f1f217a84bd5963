import { Field, type RecordBatch, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { sampleBatches } from '../../../../src/augment/sample-batches.js';
import { makeBatch } from '../../../../src/data/batches/batch.js';
import { InvalidOptionError, SchemaError } from '../../../../src/errors.js';
import { findColumns, fitColumns } from '../../../../src/gan/families/tensor/columns.js';
import { sourceOf } from '../../../../src/gan/families/tensor/family.js';
import { imageKind } from '../../../../src/gan/families/tensor/image/family.js';
import { fitModel } from '../../../../src/gan/fit/fit.js';
import { stringifyManifest } from '../../../../src/gan/model/manifest.js';
import type { TrainingEvent } from '../../../../src/gan/training/events.js';
import { createRandom } from '../../../../src/random.js';
import { collect } from '../../../data/support/arbitrary-batches.js';
import { products } from '../products.js';
import { imagesTable } from './images-table.js';
import { soundsTable } from './sounds-table.js';

const rows = 23;
const rare = 'of three rows';
const labels = Array.from({ length: rows }, (_, row) => {
  if (row % 8 === 7 || row === 0) return rare;
  return row % 2 === 0 ? 'cat' : 'dog';
});
const tiny = { widthMultiplier: 1 / 32, latent: 4, batch: 4 } as const;

/** The tensors of a table beside labels, of which one has three rows. */
function labelled(table: RecordBatch, column: string, texts: readonly string[] = labels) {
  const field = table.schema.fields.find(({ name }) => name === column) as Field;
  const label = vectorFromArray(texts, new Utf8());
  const data = [table.getChild(column)?.slice(0, texts.length).data[0], label.data[0]];
  const schema = new Schema([field, new Field('label', new Utf8(), false)]);
  return makeBatch(schema, data as never, texts.length);
}

const tables = {
  images: {
    batch: labelled(imagesTable(rows), 'image'),
    recipe: { base: 'dcgan', ...tiny },
    steps: 1,
  },
  sounds: {
    batch: labelled(soundsTable(rows), 'sound'),
    recipe: { base: 'wavegan', criticSteps: 1, ...tiny },
    steps: 1,
  },
  texts: {
    batch: labelled(products(), 'title', [...labels, ...labels]),
    recipe: { base: 'markov', order: 2 },
    steps: undefined,
  },
} as const;

describe('labels of few rows', () => {
  it.each(['images', 'sounds', 'texts'] as const)(
    'should be neither saved nor made with %s, and be said, unless privacy is off',
    async (kind) => {
      const { batch, recipe, steps } = tables[kind];
      const events: TrainingEvent[] = [];
      const copies = batch.numRows / rows;
      const privacy = { rareLevels: 3 * copies + 1 };
      const options = { target: 'label', recipe, steps, thread: 'caller' } as const;

      const onEvent = (event: TrainingEvent) => events.push(event);
      const model = await fitModel(batch.schema, [batch], { ...options, privacy, onEvent });
      const raw = await fitModel(batch.schema, [batch], { ...options, privacy: false });

      const made = await collect(sampleBatches(model, { rows: 60, seed: 1 }));
      const where = { label: rare };
      const asked = await collect(sampleBatches(model, { rows: 4, where })).catch((error) => error);
      const known = await collect(sampleBatches(raw, { rows: 4, where }));
      const levels = (all: readonly RecordBatch[]) =>
        new Set(all.flatMap((each) => [...(each.getChild('label') ?? [])]));
      expect(levels(made)).toEqual(new Set(['cat', 'dog']));
      expect(levels(known)).toEqual(new Set([rare]));
      expect(asked).toBeInstanceOf(InvalidOptionError);
      expect(stringifyManifest(model.manifest)).not.toContain(rare);
      expect(Buffer.from(model.generator).includes(rare)).toBe(false);
      expect(stringifyManifest(raw.manifest)).toContain(rare);
      expect(events.filter(({ type }) => type === 'held-back')).toEqual([
        {
          type: 'held-back',
          leastRows: privacy.rareLevels,
          columns: [{ column: 'label', levels: 1, rows: 3 * copies }],
        },
      ]);
    },
  );

  it('should leave the tensors of their rows out of the training', async () => {
    const { schema } = tables.images.batch;
    const data = {
      schema,
      batches: [tables.images.batch],
      target: 'label',
      leastRows: 5,
      random: createRandom(1),
    };
    const encoders = await fitColumns(
      imageKind,
      (field, sample) => imageKind.fit(field, sample, {} as never, 1),
      data,
    );
    const columns = findColumns(encoders) as NonNullable<ReturnType<typeof findColumns>>;

    const some = sourceOf(columns, 'images', encoders, data);
    const all = sourceOf(columns, 'images', encoders, { ...data, leastRows: 1 });

    const tensor = (source: typeof some, index: number) => {
      const values = new Float32Array(90);
      source.fill(index, values, 0);
      return values;
    };
    const kept = labels.flatMap((label, row) => (label === rare ? [] : [row]));
    expect([some.count, all.count]).toEqual([20, 23]);
    expect(kept).toHaveLength(20);
    for (const [place, row] of kept.entries()) {
      expect(tensor(some, place)).toEqual(tensor(all, row));
      expect(some.labels?.[place]).toBe(all.labels?.[row]);
    }
  });

  it('should be refused where no label has enough rows', async () => {
    const batch = labelled(imagesTable(8), 'image', Array(8).fill('cat').fill('dog', 4));

    const fitting = fitModel(batch.schema, [batch], { target: 'label', recipe: 'dcgan' });

    await expect(fitting).rejects.toThrow(SchemaError);
    await expect(fitting).rejects.toThrow(
      "'label'. Each of its labels has fewer than 5 rows, and stays with these. Give more rows, say " +
        'fit: { privacy: false }, or leave the target out',
    );
  });
});
