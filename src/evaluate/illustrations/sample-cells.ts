import { type Data, DataType, type RecordBatch } from 'apache-arrow';
import { hasJson, jsonReader } from '../../data/json/cells.js';
import { exactReader, literalReader, stringReader } from '../../data/text/scalars.js';

/** Some rows as text. */
export interface SampleCells {
  /** Names of the columns, in their order. */
  readonly columns: readonly string[];
  /** Real rows, a text for each column; '∅' is null. */
  readonly real: readonly (readonly string[])[];
  /** Synthetic rows, likewise. */
  readonly synthetic: readonly (readonly string[])[];
}

/** Rows of each side, and characters of a cell. */
const most = { rows: 6, characters: 60 } as const;

/** Stands for null, which an empty text is not. */
const nullText = '∅';

/** Rows from all over both sides as text; what has no text, such as bytes, is shown by its type. */
export function sampleCells(
  real: readonly RecordBatch[],
  synthetic: readonly RecordBatch[],
): SampleCells {
  const columns = (real[0]?.schema.fields ?? []).map(({ name }) => name);
  return { columns, real: rowsOf(real, columns), synthetic: rowsOf(synthetic, columns) };
}

function rowsOf(batches: readonly RecordBatch[], columns: readonly string[]): string[][] {
  const total = batches.reduce((sum, { numRows }) => sum + numRows, 0);
  const count = Math.min(most.rows, total);
  const wanted = Array.from({ length: count }, (_, k) => Math.floor(((k + 0.5) * total) / count));
  let before = 0;
  return batches.flatMap((batch) => {
    const start = before;
    before += batch.numRows;
    const own = wanted.filter((row) => row >= start && row < before);
    const readers = own.length > 0 ? columns.map((name) => readerOf(batch, name)) : [];
    return own.map((row) => readers.map((read) => shortened(read(row - start))));
  });
}

function readerOf({ schema, data }: RecordBatch, name: string): (row: number) => string {
  const cells = data.children[schema.fields.findIndex((field) => field.name === name)];
  if (!cells) return () => '';
  return hasJson(cells.type) ? textOf(cells) : () => `(${cells.type})`;
}

function textOf(cells: Data): (row: number) => string {
  if (DataType.isDictionary(cells.type)) {
    const chunks: readonly Data[] = cells.dictionary?.data ?? [];
    const levels = chunks.flatMap((chunk) => {
      const read = textOf(chunk);
      return Array.from({ length: chunk.length }, (_, row) => read(row));
    });
    return (row) => (cells.getValid(row) ? (levels[Number(cells.values[row])] ?? '') : nullText);
  }
  const read =
    stringReader(cells) ?? literalReader(cells) ?? exactReader(cells) ?? jsonReader(cells);
  // A cell without text is a time beyond the calendar, say.
  return (row) => (isNull(cells, row) ? nullText : (read(row) ?? '?'));
}

const isNull = (cells: Data, row: number) =>
  DataType.isNull(cells.type) || (cells.nullCount > 0 && !cells.getValid(row));

function shortened(text: string): string {
  const characters = Array.from(text);
  if (characters.length <= most.characters) return text;
  return `${characters.slice(0, most.characters - 1).join('')}…`;
}
