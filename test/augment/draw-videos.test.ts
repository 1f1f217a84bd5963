import { Field, Int32, makeData, type RecordBatch, Schema } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { augmentBatches } from '../../src/augment/augment-batches.js';
import { drawImages } from '../../src/augment/draw-images.js';
import { drawVideos } from '../../src/augment/draw-videos.js';
import { sampleBatches } from '../../src/augment/sample-batches.js';
import { makeBatch } from '../../src/data/batches/batch.js';
import { sliceBatch } from '../../src/data/batches/interleave.js';
import { makeTensorColumn } from '../../src/data/tensor/make.js';
import { readTensors } from '../../src/data/tensor/read.js';
import { tensorField } from '../../src/data/tensor/type.js';
import { InvalidOptionError } from '../../src/errors.js';
import { fitModel } from '../../src/gan/fit/fit.js';
import { checkAugmented } from '../../src/testing/index.js';
import { collect } from '../data/support/arbitrary-batches.js';
import { caseCount } from '../support/cases.js';
import { numberedModel } from './support/numbered.js';

const [frames, height, width] = [4, 8, 6];
const field = tensorField('clip', { element: 'uint8', shape: [frames, height, width, 3] });
const schema = new Schema([field, new Field('label', new Int32(), false)]);

/** Clips of one colour each, in two classes. */
function clips(rows: number): RecordBatch {
  const size = frames * height * width * 3;
  const values = Uint8Array.from(
    { length: rows * size },
    (_, k) => 10 * Math.floor(k / size) + (k % 3),
  );
  const labels = makeData({
    type: new Int32(),
    length: rows,
    data: Int32Array.from({ length: rows }, (_, k) => k % 2),
  });
  return makeBatch(schema, [makeTensorColumn(field, values), labels], rows);
}

const real = clips(20);
const recipe = { base: 'video', widthMultiplier: 1 / 32, latent: 4, batch: 4 } as const;
const model = fitModel(schema, [real], { recipe, target: 'label', steps: 2, seed: 3 });

describe('a model of videos', () => {
  it('should make clips in the type of the column, as asked for', async () => {
    const [batch] = await collect(sampleBatches(await model, { rows: 6, where: { label: 1 } }));

    expect(batch?.schema.fields.map(String)).toEqual(schema.fields.map(String));
    expect(readTensors(batch as RecordBatch, 'clip').shape).toEqual([frames, height, width, 3]);
    expect([...(batch?.getChild('label')?.toArray() ?? [])]).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('should keep every real clip, the share and the order, however a stream is cut', async () => {
    const own = await model;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(0.2, 0.5),
        async (lengths, ratio) => {
          const batches: RecordBatch[] = [];
          let start = 0;
          for (const length of lengths) {
            const end = Math.min(start + length, real.numRows);
            if (end > start) batches.push(sliceBatch(real, start, end));
            start = end;
          }
          const options = { ratio, mark: 'made', model: own };

          const out = await collect(augmentBatches(batches, options));

          checkAugmented(batches, out, { ratio, mark: 'made' });
        },
      ),
      { numRuns: caseCount(10, 200) },
    );
  });

  it('should be drawn side by side, frame by frame', async () => {
    const clip = await drawVideos(await model, { rows: 3, columns: 2, seed: 1 });

    const made = await collect(sampleBatches(await model, { rows: 3, seed: 1 }));
    expect(clip.madeBy?.model).toBe((await model).id);
    const first = readTensors(made[0] as RecordBatch, 'clip').at(0) as Uint8Array;
    expect(clip).toMatchObject({
      frames,
      width: 2 * width + 2,
      height: 2 * height + 2,
      channels: 3,
    });
    // Black and white are the smallest and largest number of the data.
    const scale = 255 / (Math.max(...readValues()) - 0);
    expect(clip.pixels[0]).toBe(Math.round((first[0] as number) * scale));
  });

  it('should be drawn as pictures with the frames of a clip in a row', async () => {
    const sheet = await drawImages(await model, { rows: 3, seed: 1 });

    const clip = await drawVideos(await model, { rows: 3, columns: 1, seed: 1 });
    const [across, down] = [frames * (width + 1) - 1, 3 * (height + 1) - 1];
    expect([sheet.width, sheet.height, sheet.channels]).toEqual([across, down, 3]);
    // The last frame of the first clip begins where three frames and their gaps end.
    const start = 3 * (width + 1) * 3;
    const frame = clip.pixels.subarray(3 * (clip.pixels.length / frames));
    expect(sheet.pixels.subarray(start, start + width * 3)).toEqual(frame.subarray(0, width * 3));
  });

  it('should be refused where there are none', async () => {
    await expect(drawVideos(numberedModel(), { rows: 1 })).rejects.toThrow(InvalidOptionError);
  });
});

function readValues(): number[] {
  return Array.from(real.data.children[0]?.children[0]?.values as Uint8Array);
}
