import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { encodeParquet } from '../../../src/data/parquet/engine/encode.js';
import { createRowGroupWriter } from '../../../src/data/parquet/row-group-writer.js';
import { checkParquetOptions } from '../../../src/data/parquet/write-options.js';
import { exampleBatch } from '../support/example.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

it('should let go of a row group when it is written, whatever it keeps for the footer', async () => {
  const batch = exampleBatch(0, 1000);
  const written: WeakRef<ArrayBufferLike>[] = [];
  let position = 0;
  const sink = {
    get position() {
      return position;
    },
    async write(bytes: Uint8Array) {
      written.push(new WeakRef(bytes.buffer));
      position += bytes.byteLength;
    },
  };
  const options = checkParquetOptions({});
  const writer = createRowGroupWriter('a test', sink, options);
  const pieces = [{ batch, start: 0, end: batch.numRows }];

  for (let group = 0; group < 5; group++) {
    await writer.append(batch.schema, encodeParquet(batch.schema, pieces, options));
  }
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();

  // The first is the magic number that files start with.
  const groups = written.slice(1);
  expect(groups).toHaveLength(5);
  expect(groups.filter((group) => group.deref())).toEqual([]);
  expect(await writer.finish()).toBe(5000);
});
