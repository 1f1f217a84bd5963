import type { RecordBatch, Vector } from 'apache-arrow';
import { readTexts } from '../encode/cells/column-texts.js';
import { columnOf } from '../encode/table.js';
import { numberOf } from './column-form.js';
import type { WantedColumn } from './row-maker.js';
import type { FormedTable } from './table-form.js';

/** Of rows that are near in a wanted number, at least so many, and this share of them, are started from. */
const nearest = { rows: 8, share: 0.05 } as const;

/** Rows that drawn ones can start from. */
export interface Bases {
  readonly rows: Int32Array;
  /** For each of them, whether it has all wanted cells. */
  readonly isMet: Uint8Array;
}

/**
 * Finds the rows that have the wanted cells. Of a number those near it; where no row has a value
 * beside the others, that value is not looked at: it is put in later.
 *
 * @returns What gives the rows to start from for each drawn row.
 */
export function findBases(
  table: FormedTable,
  batches: readonly RecordBatch[],
): (wanted: readonly WantedColumn[], row: number) => Bases {
  const texts = new Map<number, (string | null)[]>();
  const textsOf = (column: number) => {
    const own = texts.get(column) ?? readTexts(columnOf(batches, column) as Vector);
    texts.set(column, own);
    return own;
  };
  const found = new Map<string, Bases>();
  const all = Int32Array.from({ length: table.rows.length }, (_, row) => row);
  return (wanted, row) => {
    const cells = wanted.map(({ column, levels, codes }) => ({
      column,
      text: levels[codes[row] as number] as string | null,
    }));
    const key = JSON.stringify(cells);
    const known = found.get(key);
    if (known) return known;
    let rows: Int32Array = all;
    for (const { column, text } of cells) {
      rows = narrow(table, rows, column, text, textsOf(column));
    }
    const isMet = Uint8Array.from(
      rows,
      (own) => +cells.every(({ column, text }) => textsOf(column)[own] === text),
    );
    const bases = { rows, isMet };
    found.set(key, bases);
    return bases;
  };
}

function narrow(
  { forms, rows: { columns } }: FormedTable,
  rows: Int32Array,
  column: number,
  text: string | null,
  texts: readonly (string | null)[],
): Int32Array {
  const form = forms[column];
  const place = forms.slice(0, column).filter(({ kind }) => kind !== 'unlearned').length;
  const own = columns[place];
  if (text !== null && form?.kind === 'numbers' && own?.kind === 'numeric') {
    return nearestRows(rows, own.values, numberOf(form, text));
  }
  const equal = rows.filter((row) => texts[row] === text);
  return equal.length > 0 ? equal : rows;
}

function nearestRows(rows: Int32Array, values: Float64Array, wanted: number): Int32Array {
  const known = rows.filter((row) => !Number.isNaN(values[row]));
  if (known.length === 0) return rows;
  const distance = (row: number) => Math.abs((values[row] as number) - wanted);
  const order = known.sort((a, b) => distance(a) - distance(b) || a - b);
  return order.slice(0, Math.max(nearest.rows, Math.ceil(nearest.share * rows.length))).sort();
}
