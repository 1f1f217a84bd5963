import { type Data, DataType, type Field, type Vector } from 'apache-arrow';
import type { CategoricalColumn, Column } from '../columns/column.js';
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
import type { EncoderJSON } from '../encode/encoder.js';
import { encoderFromJSON } from '../encode/infer.js';
import { unmodelled } from '../encode/unmodelled.js';
import type { Random } from '../random.js';

/** How the numbers or codes of one column become its cells: plain JSON. */
export type ColumnForm =
  | { readonly kind: 'levels'; readonly levels: readonly string[] }
  /** Whole numbers count from `origin`, up to `highest`; floats are as they are, without either. */
  | { readonly kind: 'numbers'; readonly origin?: string; readonly highest?: number }
  | { readonly kind: 'unlearned'; readonly encoder: EncoderJSON };

/** A column's cells as numbers or codes, if it is learned, and how such become cells again. */
export interface FormedColumn {
  readonly form: ColumnForm;
  readonly column?: Column;
}

/**
 * Reads a column.
 *
 * @param kind What it is to be learned as, where its type and cells should not decide.
 * @throws SchemaError for a column that can neither be modelled nor be null.
 */
export function formColumn(field: Field, vector: Vector, kind?: string): FormedColumn {
  const nulls = nullCountOf(vector);
  const chosen = kind ?? automaticKind(field, vector, nulls, Number.POSITIVE_INFINITY);
  switch (chosen) {
    // Texts are made when all else is: until then they stand as what names rows does.
    case 'markov':
    case 'identifier':
      return { form: { kind: 'unlearned', encoder: fitIdentifier(field, vector).toJSON() } };
    case 'unmodelled':
    case 'null':
      return { form: { kind: 'unlearned', encoder: unmodelled(field, chosen).toJSON() } };
    case 'categorical':
    case 'boolean':
    case 'constant':
      return formLevels(field, vector);
    default:
      return formNumbers(field, vector);
  }
}

function formLevels({ name }: Field, vector: Vector): FormedColumn {
  const texts = readTexts(vector);
  const levels = countLevels(texts).flatMap(({ text }) => (text === null ? [] : [text]));
  const codeOf = new Map(levels.map((text, code) => [text, code]));
  const codes = Int32Array.from(texts, (text) => (text === null ? -1 : (codeOf.get(text) ?? -1)));
  return { form: { kind: 'levels', levels }, column: { kind: 'categorical', name, codes, levels } };
}

function formNumbers({ name, type }: Field, vector: Vector): FormedColumn {
  const range = DataType.isFloat(type) ? undefined : wholeRange(vector);
  const origin = range?.minimum ?? 0n;
  const values = DataType.isFloat(type) ? readFloats(vector) : readDistances(vector, origin);
  validityOf(vector)?.forEach((is, row) => {
    if (!is) values[row] = Number.NaN;
  });
  const column: Column = { kind: 'numeric', name, values, temporal: false };
  if (DataType.isFloat(type)) return { form: { kind: 'numbers' }, column };
  const highest = range ? Number(range.maximum - range.minimum) : 0;
  return { form: { kind: 'numbers', origin: String(origin), highest }, column };
}

/** Writes cells of numbers or codes; what is not learned takes none, and is null or made up. */
export type WriteColumn = (column: Column | undefined, rows: number, random: Random) => Data;

/**
 * A writer of a column in its own type. Numbers are rounded to what the type holds, and kept within
 * the observed range.
 */
export function columnWriter(field: Field, form: ColumnForm): WriteColumn {
  if (form.kind === 'unlearned') {
    const encoder = encoderFromJSON(field, form.encoder);
    return (_, rows, random) => encoder.decode([], rows, random);
  }
  if (form.kind === 'levels') {
    const write = levelWriter(field.type, form.levels);
    return (column) => write((column as CategoricalColumn).codes);
  }
  return (column) => (column?.kind === 'numeric' ? numbersOf(field, form, column.values) : never());
}

function numbersOf(
  { type, nullable }: Field,
  { origin, highest = 0 }: { readonly origin?: string; readonly highest?: number },
  values: Float64Array,
): Data {
  // Not a number, then, rather than null.
  if (origin === undefined && !nullable) return buildFloats(type, values);
  const known = values.map((value) => (Number.isNaN(value) ? 0 : value));
  const data =
    origin === undefined
      ? buildFloats(type, known)
      : buildWhole(type, wholes(known, BigInt(origin), highest));
  return withValidity(
    data,
    Int32Array.from(values, (value) => +!Number.isNaN(value)),
  );
}

/** Distances as whole numbers of a column's own range. */
function wholes(distances: Float64Array, origin: bigint, highest: number): bigint[] {
  return Array.from(
    distances,
    (distance) => origin + BigInt(Math.round(Math.min(Math.max(distance, 0), highest))),
  );
}

/** The number that a cell of this text is read as; NaN for null, and for what is no number. */
export function numberOf({ origin }: { readonly origin?: string }, text: string | null): number {
  if (text === null) return Number.NaN;
  return origin === undefined ? Number(text) : Number(BigInt(text) - BigInt(origin));
}

function never(): never {
  throw new TypeError('a column of numbers needs numbers');
}
