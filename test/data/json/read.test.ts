import { gzipSync } from 'node:zlib';
import type { RecordBatch } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonLinesBatches } from '../../../src/data/json/read.js';
import { writeJsonLinesBatches } from '../../../src/data/json/write.js';
import { rowBatches } from '../../../src/data/rows/read.js';
import { plainRows } from '../../../src/data/rows/to-rows.js';
import { DataError, FormatError } from '../../../src/errors.js';
import { asyncFrom, collect } from '../support/arbitrary-batches.js';
import { useDirectory } from '../support/directory.js';

const directory = useDirectory();

/** The rows of a text, given in pieces of some bytes. */
async function rowsOf(text: string | Uint8Array, options = {}, piece = 5): Promise<unknown[]> {
  return plainOf(await collect(readJsonLinesBatches(chunksOf(Buffer.from(text), piece), options)));
}

async function* chunksOf(bytes: Uint8Array, piece: number) {
  for (let start = 0; start < bytes.length; start += piece) {
    yield bytes.subarray(start, start + piece);
  }
}

async function plainOf(batches: RecordBatch[]): Promise<unknown[]> {
  const rows: unknown[] = [];
  for await (const row of plainRows(asyncFrom(batches))) rows.push(row);
  return rows;
}

describe('readJsonLinesBatches', () => {
  it('should read what was written, however the bytes are cut', async () => {
    const rows = fc.array(
      fc.record({
        text: fc.option(fc.string({ unit: 'binary' })),
        count: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
        // JSON.stringify takes the sign of zero away.
        share: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x || 0)),
        'a "b"': fc.option(fc.boolean()),
      }),
      { minLength: 1, maxLength: 8 },
    );
    const types = { text: 'utf8', count: 'int64', share: 'float64', 'a "b"': 'boolean' } as const;
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), async (given, piece) => {
        const path = directory.fresh('jsonl');
        const batches = await collect(rowBatches(given, { types }));
        await writeJsonLinesBatches(path, batches);

        const whole = await plainOf(await collect(readJsonLinesBatches(path, { types })));
        const text = given.map((row) => JSON.stringify(row, digits)).join('\n');
        const cut = await rowsOf(text.replaceAll(/"#(-?\d+)"/g, '$1'), { types }, piece);

        expect(whole).toEqual(await plainOf(batches));
        expect(cut).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it('should find columns and types in rows, and keep all digits of whole numbers', async () => {
    const lines = [
      '{"id":9007199254740993,"name":"Ada","at":{"x":1}}',
      '',
      '{"id":2,"tags":["a","12345678901234567890"],"share":0.12345678901234567890}\r',
      '{"id":-9223372036854775808,"name":null}',
    ];

    const rows = await rowsOf(lines.join('\n'));

    expect(rows).toMatchObject([
      { id: 9007199254740993n, name: 'Ada', at: { x: 1 }, tags: null },
      { id: 2, name: null, tags: ['a', '12345678901234567890'], share: 0.12345678901234568 },
      { id: -9223372036854775808n, name: null },
    ]);
  });

  it('should keep digits beside any text, however long and full of quotes', async () => {
    const texts = fc.array(fc.string(), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(texts, fc.bigInt(10n ** 16n, 10n ** 18n), async (given, big) => {
        const line = JSON.stringify({ given }).replace(/}$/, `,"big":${big},"e":1.5e3}`);

        expect(await rowsOf(line)).toEqual([{ given, big, e: 1500 }]);
      }),
      { numRuns: 40 },
    );
    const long = '\\"'.repeat(2 ** 20);
    const line = `{"a":"${long}","big":12345678901234567}`;
    expect(await rowsOf(line, {}, 2 ** 16)).toEqual([
      { a: JSON.parse(`"${long}"`), big: 12345678901234567n },
    ]);
  });

  it('should read gzip and a last line that nothing ends', async () => {
    const rows = await rowsOf(gzipSync('{"a":1}\n{"a":2}'), {}, 1000);

    expect(rows).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it('should give a batch without rows where there are none and the types are told', async () => {
    const [batch, ...others] = await collect(
      readJsonLinesBatches(chunksOf(Buffer.from('\n\n'), 9), { types: { a: 'int64' } }),
    );

    expect([batch?.numRows, batch?.schema.names, others]).toEqual([0, ['a'], []]);
  });

  it.each([
    ['{"a":1}\n{"a":', FormatError, /line 2 is no JSON: JSON lines \(.*Give an object a line/],
    ['[1,2]\n', FormatError, /line 1 is no object: JSON lines \(\[1,2\]\)/],
    ['{"a":1e999}', FormatError, /line 1 is no JSON: .*1e999 is beyond a double/],
    [Buffer.from([0x7b, 0xff, 0x7d]), FormatError, /text is not UTF-8: JSON lines/],
    ['{"a":1}\n{"b":1}', DataError, /^ganAugment: JSON lines: row 1 .* key 'b' has no column/],
    ['{"a":18446744073709551616}', DataError, /JSON lines: row 0 .*'a'/],
  ])('should refuse %j and name the place', async (text, kind, message) => {
    const reading = rowsOf(text as string, { sample: 1, batchRows: 1, types: { a: 'int64' } });

    await expect(reading).rejects.toThrow(kind);
    await expect(reading).rejects.toThrow(message);
  });

  it('should refuse a line that never ends, without holding all of it', async () => {
    let given = 0;
    async function* endless() {
      for (; given < 100; given++) yield Buffer.alloc(2 ** 20, 0x20);
    }

    const reading = collect(readJsonLinesBatches(endless()));

    await expect(reading).rejects.toThrow(/a line has more than 16777216 characters/);
    expect(given).toBeLessThan(20);
  });
});

/** A bigint as a text that can be told from others. */
function digits(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `#${value}` : value;
}
