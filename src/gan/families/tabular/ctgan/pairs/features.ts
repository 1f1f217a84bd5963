import type { EncodedTable, PlacedSpan, TableLayout } from '../../../../../encode/table.js';

/** Adjacent columns of an encoded row. */
export interface ColumnRange {
  readonly start: number;
  readonly size: number;
}

/**
 * What of a row is compared pair by pair: some of its one-hot columns, the numbers that have no
 * modes, and for each mode of the others the number where the mode is on.
 */
export interface PairFeatures {
  /** Columns taken as they are. */
  readonly plain: readonly ColumnRange[];
  /** Modes whose number is taken: the columns of the modes, and that of the number. */
  readonly numbers: readonly { readonly modes: ColumnRange; readonly scalar: number }[];
  readonly count: number;
}

/** More levels of a column than these are not compared pair by pair: they are the rarest. */
const mostLevels = 64;

/** The features of a row; at most about `most` of them. */
export function pairFeatures({ spans }: TableLayout, most = 512): PairFeatures {
  const onehots = spans.filter(({ kind }) => kind === 'onehot');
  const scalars = spans.filter(({ kind }) => kind === 'scalar');
  let levels = mostLevels;
  const total = () => onehots.reduce((sum, { size }) => sum + Math.min(size, levels), 0);
  while (levels > 2 && total() > most) levels = Math.ceil(levels / 2);
  const modesOf = ({ column }: PlacedSpan) =>
    onehots.find((span) => span.column === column && roleOf(span) === 'mode');
  const lone = scalars.filter((span) => !modesOf(span));
  const plain = [...lone, ...onehots]
    .map(({ offset, size }) => ({ start: offset, size: Math.min(size, levels) }))
    .sort((a, b) => a.start - b.start);
  const numbers = scalars.flatMap((scalar) => {
    const modes = modesOf(scalar);
    const size = Math.min(modes?.size ?? 0, levels);
    return modes ? [{ modes: { start: modes.offset, size }, scalar: scalar.offset }] : [];
  });
  const count = [...plain, ...numbers.map(({ modes }) => modes)].reduce(
    (sum, { size }) => sum + size,
    0,
  );
  return { plain: merge(plain), numbers, count };
}

const roleOf = (span: PlacedSpan) => (span.kind === 'onehot' ? span.role : undefined);

/** Ranges that touch become one. */
function merge(ranges: readonly ColumnRange[]): ColumnRange[] {
  const merged: ColumnRange[] = [];
  for (const range of ranges) {
    const last = merged.at(-1);
    if (last && last.start + last.size === range.start) {
      merged[merged.length - 1] = { start: last.start, size: last.size + range.size };
    } else merged.push(range);
  }
  return merged;
}

/**
 * The features of one row of a table that are not 0, as places and values.
 *
 * @returns How many there are.
 */
export function sparseFeatures(
  features: PairFeatures,
  table: EncodedTable,
): (row: number, places: Int32Array, values: Float64Array) => number {
  const placeOf = new Map<number, number>();
  let next = 0;
  for (const { start, size } of features.plain) {
    for (let k = 0; k < size; k++) placeOf.set(start + k, next++);
  }
  const numberPlaces = new Map<number, number>();
  for (const { modes } of features.numbers) {
    for (let k = 0; k < modes.size; k++) numberPlaces.set(modes.start + k, next++);
  }
  const { spans } = table.layout;
  const scalarOf = new Map(features.numbers.map(({ modes, scalar }) => [modes.start, scalar]));
  const spanAt = new Map(spans.map((span, index) => [span.offset, index]));
  return (row, places, values) => {
    let count = 0;
    spans.forEach((span, index) => {
      const value = table.values[index]?.[row] as number;
      const column = span.kind === 'scalar' ? span.offset : span.offset + value;
      const place = placeOf.get(column);
      if (place !== undefined) {
        places[count] = place;
        values[count++] = span.kind === 'scalar' ? value : 1;
      }
      const scalar = span.kind === 'onehot' ? scalarOf.get(span.offset) : undefined;
      const numberPlace = numberPlaces.get(column);
      if (scalar !== undefined && numberPlace !== undefined) {
        places[count] = numberPlace;
        values[count++] = table.values[spanAt.get(scalar) as number]?.[row] as number;
      }
    });
    return count;
  };
}
