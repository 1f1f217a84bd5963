import type { Random } from '../random.js';
import type { Column, ImageColumn, Rows, Sequences } from './column.js';

/** The rows at `indices`, which may repeat. */
export function takeRows({ columns, images, texts, sequences }: Rows, indices: Int32Array): Rows {
  return {
    length: indices.length,
    columns: columns.map((column) => takeCells(column, indices)),
    ...(texts ? { texts: texts.map((column) => takeCells(column, indices)) } : {}),
    ...(sequences ? { sequences: takeSequences(sequences, indices) } : {}),
    images: images && {
      ...images,
      fill: (row, target, to) => images.fill(indices[row] as number, target, to),
    },
  };
}

function takeSequences({ offsets, steps }: Sequences, indices: Int32Array): Sequences {
  const own = new Int32Array(indices.length + 1);
  indices.forEach((row, k) => {
    own[k + 1] = (own[k] as number) + (offsets[row + 1] as number) - (offsets[row] as number);
  });
  const places = new Int32Array(own.at(-1) as number);
  indices.forEach((row, k) => {
    const [start, end] = [own[k] as number, own[k + 1] as number];
    for (let at = start; at < end; at++) places[at] = (offsets[row] as number) + at - start;
  });
  return { offsets: own, steps: steps.map((column) => takeCells(column, places)) };
}

function takeCells<Own extends Column>(column: Own, indices: Int32Array): Own {
  if (column.kind === 'numeric') {
    const values = new Float64Array(indices.length);
    for (let i = 0; i < indices.length; i++) {
      values[i] = column.values[indices[i] as number] as number;
    }
    return { ...column, values };
  }
  const codes = new Int32Array(indices.length);
  for (let i = 0; i < indices.length; i++) codes[i] = column.codes[indices[i] as number] as number;
  return { ...column, codes };
}

/** The rows of one table, then those of another that was read together with it. */
export function joinRows(first: Rows, second: Rows): Rows {
  const columns = first.columns.map((column, k): Column => {
    const other = second.columns[k] as Column;
    if (column.kind === 'numeric' && other.kind === 'numeric') {
      const values = new Float64Array(first.length + second.length);
      values.set(column.values);
      values.set(other.values, first.length);
      return { ...column, values };
    }
    if (column.kind === 'categorical' && other.kind === 'categorical') {
      const codes = new Int32Array(first.length + second.length);
      codes.set(column.codes);
      codes.set(other.codes, first.length);
      return { ...column, codes };
    }
    throw new TypeError(`column '${column.name}' is of two kinds`);
  });
  const images = joinImages(first.images, second.images, first.length);
  return { length: first.length + second.length, columns, images };
}

function joinImages(
  first: ImageColumn | undefined,
  second: ImageColumn | undefined,
  count: number,
): ImageColumn | undefined {
  if (!first || !second) return undefined;
  const fill: ImageColumn['fill'] = (row, target, to) =>
    row < count ? first.fill(row, target, to) : second.fill(row - count, target, to);
  return { ...first, fill };
}

/** At most `limit` of the rows, drawn without replacement, in their order; all if there are fewer. */
export function sampleRows(rows: Rows, limit: number, random: Random): Rows {
  if (rows.length <= limit) return rows;
  return takeRows(rows, drawIndices(rows.length, limit, random).sort());
}

/** `count` distinct numbers below `length`, in random order. */
export function drawIndices(length: number, count: number, random: Random): Int32Array {
  const indices = Int32Array.from({ length }, (_, index) => index);
  for (let i = 0; i < count; i++) {
    const j = i + random.integer(length - i);
    const kept = indices[i] as number;
    indices[i] = indices[j] as number;
    indices[j] = kept;
  }
  return indices.slice(0, count);
}
