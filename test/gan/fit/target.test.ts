import { Field, Int64, Schema, Utf8 } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { SchemaError } from '../../../src/errors.js';
import { fitModel } from '../../../src/gan/fit/fit.js';
import { column } from '../../encode/columns.js';

const rows = 60;
const texts = (make: (row: number) => string | null) =>
  Array.from({ length: rows }, (_, row) => make(row));
const columns = {
  one: [new Utf8(), texts(() => 'same')],
  none: [new Utf8(), texts(() => null)],
  id: [new Int64(), texts(String)],
  size: [new Int64(), texts((row) => String(row * row))],
} as const;

describe('a target', () => {
  it.each([
    ['one', 'It holds one value alone'],
    ['none', 'It is null in every row'],
    ['id', 'Its values name the rows'],
  ])('should be refused before training where it cannot be learned: %s', async (target, reason) => {
    const fields = Object.entries(columns).map(([name, [type]]) => new Field(name, type, true));
    const schema = new Schema(fields);
    const data = Object.values(columns).flatMap(([type, cells]) => column(type, cells).data);
    const steps: number[] = [];
    const onStep = ({ step }: { step: number }) => steps.push(step);

    const batch = makeBatch(schema, data, rows);
    const act = fitModel(schema, [batch], { target, onStep, thread: 'caller' });

    await expect(act).rejects.toThrow(SchemaError);
    await expect(act).rejects.toThrow(reason);
    expect(steps).toEqual([]);
  });
});
