import { DataType, type Field, type RecordBatch, type Schema, type Vector } from 'apache-arrow';
import { readTexts } from './cells/column-texts.js';
import { isText, isTextable } from './cells/column-types.js';
import { nullCountOf } from './cells/column-values.js';
import { countLevels } from './columns/categorical.js';
import { canBeNull } from './columns/null-column.js';
import type { ColumnEncoder } from './encoder.js';
import { columnOf } from './table.js';

/** A column whose values synthetic rows do not get. */
export interface ColumnNote {
  /** Its name. */
  readonly column: string;
  /** What stands there in their place. */
  readonly becomes: 'null' | 'made-up values';
  /** Why, in words. */
  readonly reason: string;
  /** What to do about it. */
  readonly remedy: string;
}

/**
 * Columns that synthetic rows do not get, of which the user has not said so.
 *
 * @param encoders Those that were fitted to the rows.
 * @param told Names of the columns of which the user, or a rule, says what they become.
 * @param leastRows Rows that a value needs to be made.
 */
export function columnNotes(
  schema: Schema,
  batches: readonly RecordBatch[],
  encoders: readonly ColumnEncoder[],
  told: ReadonlySet<string>,
  leastRows = 1,
): ColumnNote[] {
  return schema.fields.flatMap((field, place) => {
    const kind = encoders[place]?.kind;
    const vector = columnOf(batches, place);
    if (!vector || told.has(field.name) || (kind !== 'identifier' && kind !== 'unmodelled'))
      return [];
    const becomes = canBeNull(field) ? 'null' : 'made-up values';
    return [{ column: field.name, becomes, ...explain(field, vector, leastRows) }];
  });
}

/** The same where privacy is promised: of the encoders alone, which are all that may be told. */
export function notesOfPromise(
  { fields }: Schema,
  encoders: readonly ColumnEncoder[],
  told: readonly string[],
): ColumnNote[] {
  return fields.flatMap((field, place) => {
    const isMadeUp = encoders[place]?.kind === 'identifier';
    if (told.includes(field.name) || !(isMadeUp || encoders[place]?.kind === 'unmodelled'))
      return [];
    const becomes = isMadeUp ? 'made-up values' : 'null';
    const [reason, remedy] = isTextable(field.type)
      ? ['no value of it has enough rows to come out', 'Give its levels, if they are no secret']
      : [
          `columns of type ${field.type} are not learned`,
          'Drop the column, or write what matters of it into columns of its own',
        ];
    return [{ column: field.name, becomes, reason, remedy }];
  });
}

type Explanation = Pick<ColumnNote, 'reason' | 'remedy'>;

function explain(field: Field, vector: Vector, leastRows: number): Explanation {
  const { type } = field;
  const plain: DataType = DataType.isDictionary(type) ? type.dictionary : type;
  if (!isTextable(type)) {
    return {
      reason: `columns of type ${type} are not learned`,
      remedy: 'Drop the column, or write what matters of it into columns of its own',
    };
  }
  const rows = vector.length - nullCountOf(vector);
  const counts = countLevels(readTexts(vector)).filter(({ text }) => text !== null);
  const areAllRare = counts.every(({ count }) => count < leastRows);
  if (areAllRare && (rows < leastRows || counts.some(({ count }) => count > 1))) {
    return {
      reason: `each of its values is of fewer than ${leastRows} rows, and stays with these`,
      remedy: 'Give more rows or, if the values are no secret, say privacy: false',
    };
  }
  if (!isText(plain)) {
    return {
      reason: 'its numbers name the rows',
      remedy: `If they measure something, say so: ${kindIn(field, 'integer')}`,
    };
  }
  return explainTexts(field, readTexts(vector), rows);
}

function explainTexts(field: Field, all: readonly (string | null)[], rows: number): Explanation {
  const counts = new Map<string, number>();
  for (const text of all) if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  const marker = markerOf(counts, rows);
  if (marker) {
    return {
      reason: `its ${marker.what} are text, as ${marker.count} of ${rows} cells are '${marker.text}'`,
      remedy: `Read '${marker.text}' as null`,
    };
  }
  const lone = [...counts.values()].filter((count) => count === 1).length;
  const reason =
    lone > rows / 2
      ? `${lone} of ${rows} texts occur once: they name the rows, or are prose`
      : `it has too many levels: ${counts.size}`;
  return {
    reason,
    remedy: `Have texts like its own made: ${kindIn(field, 'text')}; or its own drawn again, by 'resample'`,
  };
}

const kindIn = ({ name }: Field, kind: string) =>
  `columns: { ${JSON.stringify(name)}: { kind: '${kind}' } }`;

const numberPattern = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const datePattern = /^\d{4}-\d\d-\d\d/;

/** The one text that keeps a column from being read as numbers or dates, if there is one. */
function markerOf(counts: ReadonlyMap<string, number>, rows: number) {
  for (const [what, pattern] of [
    ['numbers', numberPattern],
    ['dates', datePattern],
  ] as const) {
    const others = [...counts].filter(([text]) => !pattern.test(text));
    const [first] = others;
    if (others.length === 1 && first && first[1] < rows) {
      return { what, text: first[0], count: first[1] };
    }
  }
  return undefined;
}
