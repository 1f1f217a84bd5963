import { type DataType, Field, Int64, List, Schema, Utf8, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { makeBatch } from '../../src/data/batches/batch.js';
import { columnNotes } from '../../src/encode/column-notes.js';
import { inferEncoders } from '../../src/encode/infer.js';
import { column } from './columns.js';

const rows = 100;
const texts = (make: (row: number) => string) =>
  Array.from({ length: rows }, (_, row) => make(row));

async function notesOf(name: string, type: DataType, cells: string[], nullable = true) {
  const schema = new Schema([new Field(name, type, nullable)]);
  const batch = makeBatch(schema, [...column(type, cells).data], rows);
  const encoders = await inferEncoders(schema, [batch]);
  return columnNotes(schema, [batch], encoders, new Set());
}

describe('columnNotes', () => {
  it.each([
    ['id', new Int64(), texts((row) => String(row + 1)), 'its numbers name the rows'],
    ['', new Int64(), texts((row) => String(row)), 'its numbers name the rows'],
    ['note', new Utf8(), texts((row) => `note ${row}`), '100 of 100 texts occur once'],
    ['bmi', new Utf8(), texts((row) => (row % 4 ? `${row}.5` : 'NA')), "25 of 100 cells are 'NA'"],
    [
      'visit',
      new Utf8(),
      texts((row) => (row % 9 ? `2020-01-01 ${row}` : '-')),
      'its dates are text',
    ],
  ])('should say why there is nothing to learn of %j', async (name, type, cells, reason) => {
    const notes = await notesOf(name, type, cells);

    expect(notes).toMatchObject([{ column: name, becomes: 'null' }]);
    expect(notes[0]?.reason).toContain(reason);
    expect(notes[0]?.remedy).not.toBe('');
  });

  it('should say where values are made up', async () => {
    const notes = await notesOf('id', new Int64(), texts(String), false);

    expect(notes).toMatchObject([{ column: 'id', becomes: 'made-up values' }]);
  });

  it.each([
    ['event_time', texts((row) => String(1_600_000_000 + 37 * row))],
    ['amount', texts((row) => String(row * row))],
    ['year', texts((row) => String(1900 + row))],
    ['founded', texts((row) => String(1850 + row))],
    ['rank', texts((row) => String(row + 1))],
    ['place', texts((row) => String(((row * 7) % rows) + 1))],
  ])('should have nothing to say of numbers that measure something: %s', async (name, cells) => {
    expect(await notesOf(name, new Int64(), cells)).toEqual([]);
  });

  it('should say that a type is not learned', async () => {
    const type = new List(new Field('item', new Int64()));
    const schema = new Schema([new Field('basket', type, true)]);
    const { data } = vectorFromArray([[1n], [2n]], type);
    const batch = makeBatch(schema, [...data], 2);

    const notes = columnNotes(schema, [batch], await inferEncoders(schema, [batch]), new Set());

    expect(notes).toMatchObject([{ column: 'basket', becomes: 'null' }]);
    expect(notes[0]?.reason).toContain('List');
  });
});
