import { Field, Float64, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import { expect, it } from 'vitest';
import { sampleBatches } from '../../../src/augment/sample-batches.js';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { fitModel } from '../../../src/gan/fit/fit.js';
import { loadModel, saveModel } from '../../../src/gan/model/directory.js';
import { collect } from '../../data/support/arbitrary-batches.js';
import { useDirectory } from '../../data/support/directory.js';

const directory = useDirectory();

it('should save, load and ask for a column without a name', async () => {
  const texts = Array.from({ length: 60 }, (_, row) => (row % 3 === 0 ? 'a' : 'b'));
  const numbers = Array.from({ length: 60 }, (_, row) => row / 7);
  const schema = new Schema([
    new Field('', new Utf8(), false),
    new Field('size', new Float64(), false),
  ]);
  const columns = [vectorFromArray(texts, new Utf8()), vectorFromArray(numbers, new Float64())];
  const batch = makeBatch(
    schema,
    columns.map(({ data }) => data[0] as never),
    60,
  );
  const path = directory.fresh('model');

  await saveModel(await fitModel(schema, [batch], { steps: 1, thread: 'caller' }), path);
  const model = await loadModel(path);
  const made = await collect(sampleBatches(model, { rows: 20, where: { '': 'a' } }));

  expect(model.schema.names).toEqual(['', 'size']);
  expect(made.flatMap((each) => [...(each.getChildAt(0) ?? [])])).toEqual(
    Array.from({ length: 20 }, () => 'a'),
  );
});
