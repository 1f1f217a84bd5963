import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { from } from 'rxjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fromBatches,
  fromRows,
  readArrow,
  readCsv,
  readParquet,
} from '../../../src/augment/stream/sources.js';
import { toBatches } from '../../../src/data/batches/batch-source.js';
import { type Rereadable, rereadableOf } from '../../../src/data/batches/rereadable.js';
import { selectRows } from '../../../src/data/batches/row-selection.js';
import { batchOf, numberedBatches } from '../../augment/support/numbered.js';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rereadable-'));
});

afterAll(() => rm(directory, { recursive: true }));

async function numbersAgain(again: Rereadable, request: Parameters<Rereadable['read']>[0]) {
  const numbers: number[] = [];
  for await (const batch of again.read(request)) {
    numbers.push(...Array.from(batch.getChild('n') ?? [], Number));
  }
  return numbers;
}

describe('rereadableOf', () => {
  it('should know files, bytes, arrays and what is made of them', () => {
    const sources = [
      readParquet('a.parquet'),
      readArrow(new Uint8Array()),
      readCsv('a.csv'),
      fromRows([{ a: 1 }]),
      fromBatches(numberedBatches([3])),
      toBatches(batchOf([1])),
    ];

    expect(sources.every((source) => rereadableOf(source) !== undefined)).toBe(true);
  });

  it('should know streams that come once', () => {
    async function* stream() {
      yield batchOf([1]);
    }
    const bytes = async function* () {
      yield new Uint8Array();
    };
    const sources = [
      toBatches(stream()),
      toBatches(from([batchOf([1])])),
      readArrow(bytes()),
      readCsv(bytes()),
      fromRows(from([{ a: 1 }])),
      fromBatches(stream()),
    ];

    expect(sources.every((source) => rereadableOf(source) === undefined)).toBe(true);
  });

  it('should read rows of CSV again, of the columns that are wanted', async () => {
    const path = join(directory, 'numbers.csv');
    await writeFile(
      path,
      `text,n\n${Array.from({ length: 50 }, (_, n) => `t${n},${n}`).join('\n')}`,
    );
    const again = rereadableOf(readCsv(path)) as Rereadable;

    const rows = selectRows(Float64Array.of(0, 7, 49));

    expect(await again.count()).toBeUndefined();
    expect(await numbersAgain(again, { columns: ['n'], rows })).toEqual([0, 7, 49]);
    expect(await numbersAgain(again, { columns: ['n'] })).toHaveLength(50);
  });
});
