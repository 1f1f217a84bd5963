import {
  Field,
  Float64,
  Int32,
  type RecordBatch,
  Schema,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { countBroken } from '../../../src/evaluate/fidelity/broken-rules.js';

interface Row {
  readonly city: string;
  readonly country: string;
  readonly start: number;
  readonly end: number;
  readonly net: number;
  readonly gross: number;
}

const cities = ['Rome', 'Milan', 'Paris', 'Lyon'];

/** Row k keeps all rules. */
function rowOf(k: number): Row {
  const city = cities[k % 4] as string;
  const start = (k * 37) % 101;
  const net = ((k * 53) % 97) * 10;
  const country = k % 4 < 2 ? 'Italy' : 'France';
  return { city, country, start, end: start + ((k * 17) % 40), net, gross: net * 3 };
}

function tableOf(rows: readonly Row[]): RecordBatch {
  const column = (name: keyof Row, type: Utf8 | Int32 | Float64) => ({
    field: new Field(name, type, true),
    data: vectorFromArray(
      rows.map((row) => row[name]),
      type as never,
    ).data[0],
  });
  const columns = [
    column('city', new Utf8()),
    column('country', new Utf8()),
    column('start', new Int32()),
    column('end', new Int32()),
    column('net', new Float64()),
    column('gross', new Float64()),
  ];
  const schema = new Schema(columns.map(({ field }) => field));
  return makeBatch(
    schema,
    columns.map(({ data }) => data as never),
    rows.length,
  );
}

const real = tableOf(Array.from({ length: 400 }, (_, k) => rowOf(k)));

describe('countBroken', () => {
  it('should find that rows which keep the rules break none', async () => {
    const made = tableOf(Array.from({ length: 90 }, (_, k) => rowOf(k + 1000)));

    const rules = await countBroken([real], [made]);

    expect(rules.map(({ kind }) => kind).sort()).toEqual(['combination', 'order', 'ratio']);
    expect(rules.every(({ broken, rows }) => broken === 0 && rows >= 30)).toBe(true);
  });

  it('should count the rows that break each rule', async () => {
    const made = tableOf([
      { ...rowOf(0), country: 'France' },
      { ...rowOf(1), end: -1 },
      { ...rowOf(2), end: -1, country: 'Italy' },
      { ...rowOf(3), gross: 1 },
      rowOf(5),
    ]);

    const rules = await countBroken([real], [made]);

    const broken = Object.fromEntries(rules.map((rule) => [rule.kind, rule.broken]));
    expect(broken).toEqual({ combination: 2, order: 2, ratio: 1 });
  });

  it('should find no rules in few rows', async () => {
    const few = tableOf([rowOf(0), rowOf(1)]);

    expect(await countBroken([few], [few])).toEqual([]);
  });
});
