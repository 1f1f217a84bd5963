import { Dictionary, Int8, LargeUtf8, Utf8, Utf8View, Vector } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { readTexts } from '../../../src/encode/cells/column-texts.js';
import type { ColumnEncoder } from '../../../src/encode/encoder.js';
import { encoderFromJSON } from '../../../src/encode/from-json.js';
import { inferEncoder } from '../../../src/encode/infer.js';
import { ModelError, SchemaError } from '../../../src/errors.js';
import { createRandom } from '../../../src/random.js';
import { column, field } from '../columns.js';

const texts = Array.from({ length: 200 }, (_, row) => `name ${row % 50}`);

function make({ completion }: ColumnEncoder, rows: number, cells?: Vector): (string | null)[] {
  return readTexts(new Vector([completion?.make(cells, rows, createRandom(3)) as never]));
}

describe('a column of texts that are made', () => {
  it.each([new Utf8(), new LargeUtf8(), new Utf8View(), new Dictionary(new Utf8(), new Int8())])(
    'should be of its own type: %s',
    (type) => {
      const own = column(type, texts.slice(0, 50));
      const encoder = inferEncoder(field(type), own, { kind: 'text' });

      const made = encoder.completion?.make(undefined, 300, createRandom(1));

      expect(made?.type).toBe(type);
      expect(readTexts(new Vector([made as never])).every((text) => text?.startsWith('name'))).toBe(
        true,
      );
    },
  );

  it('should make texts that suit the cells of another column, also when it was saved', () => {
    const given = { column: 'y', texts: texts.map((_, row) => (row % 2 ? 'odd' : 'even')) };
    const own = texts.map((text, row) => `${row % 2 ? 'uneven' : 'even'} ${text}`);
    const fitted = inferEncoder(
      field(new Utf8()),
      column(new Utf8(), own),
      { kind: 'text' },
      {
        texts: {
          given,
        },
      },
    );
    const encoder = encoderFromJSON(field(new Utf8()), JSON.parse(JSON.stringify(fitted.toJSON())));
    const cells = ['odd', 'even', 'odd', 'even'];

    const made = make(encoder, 4, column(new Utf8(), cells));

    expect(encoder.completion?.given).toBe('y');
    expect(made.map((text) => text?.split(' ')[0])).toEqual(['uneven', 'even', 'uneven', 'even']);
  });

  it('should be null, or made up, where each text is of few rows', () => {
    const own = column(new Utf8(), ['a', 'b', 'c']);
    const kindOf = (nullable: boolean) =>
      inferEncoder(
        field(new Utf8(), nullable),
        own,
        { kind: 'text' },
        { leastRows: 5, texts: { leastTexts: 5 } },
      ).kind;

    expect([kindOf(true), kindOf(false)]).toEqual(['unmodelled', 'identifier']);
  });

  it('should be of texts alone', () => {
    const act = () => inferEncoder(field(new Int8()), column(new Int8(), ['1']), { kind: 'text' });

    expect(act).toThrow(SchemaError);
  });

  it.each([{ given: 3 }, { alphabet: 3 }])('should refuse a saved one with %j', (change) => {
    const fitted = inferEncoder(field(new Utf8()), column(new Utf8(), texts), { kind: 'text' });

    const act = () => encoderFromJSON(field(new Utf8()), { ...fitted.toJSON(), ...change });

    expect(act).toThrow(ModelError);
  });

  it('should refuse a saved one that makes nulls where none can be', () => {
    const withNulls = [...texts, null];
    const fitted = inferEncoder(field(new Utf8()), column(new Utf8(), withNulls), { kind: 'text' });

    const act = () => encoderFromJSON(field(new Utf8(), false), fitted.toJSON());

    expect(act).toThrow(ModelError);
  });
});
