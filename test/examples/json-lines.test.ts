import { PassThrough } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentLines } from '../../examples/json-lines.js';
import { fitStream } from '../../src/augment/fit-stream.js';
import { readJsonLinesBatches } from '../../src/data/json/read.js';
import type { Model } from '../../src/gan/model/model.js';
import { asyncFrom, collect } from '../data/support/arbitrary-batches.js';

const lines = Array.from({ length: 1500 }, (_, k) =>
  JSON.stringify({ user: `u${k % 3}`, amount: k % 4 ? k / 7 : null, at: { page: `p${k % 2}` } }),
);
const input = (all: readonly string[]) => asyncFrom([Buffer.from(all.join('\n'))]);
let model: Model;

beforeAll(async () => {
  const batches = readJsonLinesBatches(input(lines));
  model = await fitStream(batches, { steps: 2, thread: 'caller', progress: false });
});

describe('examples/json-lines', () => {
  it('should write all lines, with synthetic ones among them', async () => {
    const output = new PassThrough();
    const written = collect(output as AsyncIterable<Buffer>);

    const count = await augmentLines(input(lines), output, { ratio: 0.5, model });

    const rows = String(Buffer.concat(await written))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const real = rows.filter(({ synthetic }) => !synthetic);
    expect(count).toBe(3000);
    expect(rows).toHaveLength(3000);
    expect(real.map(({ synthetic: _, ...row }) => JSON.stringify(row))).toEqual(lines);
  });

  it('should name a line that is no JSON', async () => {
    const output = new PassThrough().on('error', () => {});
    output.resume();

    const augmenting = augmentLines(input([...lines, '{"user":']), output, { ratio: 0.5, model });

    await expect(augmenting).rejects.toThrow(/line 1501 is no JSON: standard input/);
  });
});
