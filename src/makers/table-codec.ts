import { type Data, DataType, type Field, type RecordBatch, type Vector } from 'apache-arrow';
import type { Column, Rows } from '../columns/column.js';
import { batchesOf, type RowsInput } from '../columns/read.js';
import { makeBatch } from '../data/batches/batch.js';
import { automaticKind } from '../encode/automatic-kind.js';
import { buildFloats, buildWhole, withValidity } from '../encode/cells/column-build.js';
import { readTexts } from '../encode/cells/column-texts.js';
import {
  nullCountOf,
  readDistances,
  readFloats,
  validityOf,
  wholeRange,
} from '../encode/cells/column-values.js';
import { levelWriter } from '../encode/cells/level-writer.js';
import { countLevels } from '../encode/columns/categorical.js';
import { fitIdentifier } from '../encode/columns/identifier.js';
import { columnOf } from '../encode/table.js';
import { unmodelled } from '../encode/unmodelled.js';
import type { Random } from '../random.js';

/** A table as numbers and codes, and such numbers and codes as a table. */
export interface TableCodec {
  /** The columns that can be modelled. */
  readonly rows: Rows;
  /**
   * A batch of the table's own schema. Numbers are rounded to what the type holds, and kept within
   * the observed range; what was not modelled is null, or made up where it may not be.
   */
  build(rows: Rows, random: Random): RecordBatch;
}

/** One column of a table: cells to model, or `undefined`, and how cells become Arrow data. */
interface ColumnCodec {
  readonly column?: Column;
  write(column: Column | undefined, rows: number, random: Random): Data;
}

/** @throws SchemaError for a column that can neither be modelled nor be null. */
export function fitTableCodec(real: RowsInput): TableCodec {
  const batches = batchesOf(real, 'real');
  const { schema } = batches[0] as RecordBatch;
  const codecs = schema.fields.map((field, k) =>
    columnCodec(field, columnOf(batches, k) as Vector),
  );
  const length = batches.reduce((sum, { numRows }) => sum + numRows, 0);
  return {
    rows: { length, columns: codecs.flatMap(({ column }) => column ?? []) },
    build({ length: rows, columns }, random) {
      let next = 0;
      const data = codecs.map((codec, k) =>
        codec.write(codec.column && columns[next++], rows, random.fork('column', k)),
      );
      return makeBatch(schema, data, rows);
    },
  };
}

function columnCodec(field: Field, vector: Vector): ColumnCodec {
  const nulls = nullCountOf(vector);
  const kind = automaticKind(field, vector, nulls, Number.POSITIVE_INFINITY);
  if (kind === 'identifier' || kind === 'unmodelled' || kind === 'null') {
    const encoder = kind === 'identifier' ? fitIdentifier(field, vector) : unmodelled(field, kind);
    return { write: (_, rows, random) => encoder.decode([], rows, random) };
  }
  if (kind === 'categorical' || kind === 'boolean' || kind === 'constant') {
    return levelCodec(field, vector);
  }
  return numberCodec(field, vector);
}

function levelCodec({ name, type }: Field, vector: Vector): ColumnCodec {
  const texts = readTexts(vector);
  const levels = countLevels(texts).flatMap(({ text }) => (text === null ? [] : [text]));
  const codeOf = new Map(levels.map((text, code) => [text, code]));
  const codes = Int32Array.from(texts, (text) => (text === null ? -1 : (codeOf.get(text) ?? -1)));
  const write = levelWriter(type, levels);
  return {
    column: { kind: 'categorical', name, codes, levels },
    write: (column) => write(column?.kind === 'categorical' ? column.codes : codes),
  };
}

function numberCodec({ name, type, nullable }: Field, vector: Vector): ColumnCodec {
  const isFloat = DataType.isFloat(type);
  const range = isFloat ? undefined : wholeRange(vector);
  const origin = range?.minimum ?? 0n;
  const values = isFloat ? readFloats(vector) : readDistances(vector, origin);
  const valid = validityOf(vector);
  valid?.forEach((is, row) => {
    if (!is) values[row] = Number.NaN;
  });
  const highest = range ? Number(range.maximum - range.minimum) : Number.POSITIVE_INFINITY;
  return {
    column: { kind: 'numeric', name, values, temporal: false },
    write(column) {
      const own = column?.kind === 'numeric' ? column.values : values;
      // Not a number, then, rather than null.
      if (isFloat && !nullable) return buildFloats(type, own);
      const known = own.map((value) => (Number.isNaN(value) ? 0 : value));
      const data = isFloat
        ? buildFloats(type, known)
        : buildWhole(type, wholes(known, origin, highest));
      return withValidity(
        data,
        Int32Array.from(own, (value) => +!Number.isNaN(value)),
      );
    },
  };
}

/** Distances as whole numbers of a column's own range. */
function wholes(distances: Float64Array, origin: bigint, highest: number): bigint[] {
  return Array.from(
    distances,
    (distance) => origin + BigInt(Math.round(Math.min(Math.max(distance, 0), highest))),
  );
}
