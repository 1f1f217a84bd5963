import type { SpanValues } from '../../encode/encoder.js';
import type { Random } from '../../random.js';
import { drawEvenly } from './balance.js';
import type { FixedColumn, ResolvedConditions } from './resolve.js';

/** Rows that are made at once, again and again, until all meet their conditions: at most so often. */
const mostTries = 4;

/** A number is met when it is within this of the wanted one, in parts of the column's modes. */
const near = 0.025;

/** Codes and numbers of rows that meet resolved conditions, and how many did so by themselves. */
export interface MatchingRows {
  readonly values: SpanValues[];
  /** The level that each row has of each column of drawn combinations. */
  readonly levels: readonly Int32Array[];
  readonly hits: number;
}

/** A wanted category of a row: a span and a code of it. */
export type WantedCode = { readonly index: number; readonly code: number };

/** Makes `rows` rows, of which each is given a wanted category to be conditioned on, or none. */
export type MakeRows = (
  random: Random,
  wanted: (row: number) => WantedCode | undefined,
) => Promise<SpanValues[]>;

/**
 * Rows that have the wanted values. Of some tries for each row the one that comes nearest is taken,
 * and what it has otherwise is set: no condition takes more than four times the work.
 */
export async function sampleMatching(
  resolved: ResolvedConditions,
  rows: number,
  make: MakeRows,
  random: Random,
): Promise<MatchingRows> {
  const { levels, wantedOf } = drawWanted(resolved, rows, random);
  const distance = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  let best: SpanValues[] | undefined;
  let open = Int32Array.from({ length: rows }, (_, row) => row);
  for (let round = 0; round < mostTries && open.length > 0; round++) {
    const own = random.fork('try', round);
    const draw = own.fork('column');
    // Every row that is made is a try for one that is still open.
    const slots = Int32Array.from({ length: rows }, (_, k) => open[k % open.length] as number);
    const made = await make(own, (row) => {
      const wanted = wantedOf(slots[row] as number);
      return wanted.length > 0 ? wanted[draw.integer(wanted.length)] : undefined;
    });
    best ??= made.map((values) => values.slice());
    for (let row = 0; row < rows; row++) {
      const slot = slots[row] as number;
      const far = distanceOf(resolved, made, row, wantedOf(slot));
      if (far >= (distance[slot] as number)) continue;
      distance[slot] = far;
      for (const [span, values] of made.entries()) {
        (best[span] as SpanValues)[slot] = values[row] as number;
      }
    }
    open = open.filter((slot) => (distance[slot] as number) > near);
  }
  const values = best as SpanValues[];
  for (let row = 0; row < rows; row++) setRow(resolved, values, row, wantedOf(row));
  return { values, levels, hits: rows - open.length };
}

/**
 * Rows that have the wanted values, of a generator that is told all of them, codes of numbers too: it is
 * asked once.
 */
export async function sampleConditioned(
  resolved: ResolvedConditions,
  rows: number,
  make: (random: Random, wanted: (row: number) => readonly WantedCode[]) => Promise<SpanValues[]>,
  random: Random,
): Promise<MatchingRows> {
  const { levels, wantedOf } = drawWanted(resolved, rows, random);
  const ofNumbers = resolved.fixed.flatMap(({ spans }) =>
    spans.flatMap(({ index, span, value }) =>
      span.kind === 'onehot' && span.role !== 'category' ? [{ index, code: value }] : [],
    ),
  );
  const values = await make(random, (row) => [...wantedOf(row), ...ofNumbers]);
  let hits = 0;
  for (let row = 0; row < rows; row++) {
    const wanted = wantedOf(row);
    if ([...wanted, ...ofNumbers].every(({ index, code }) => values[index]?.[row] === code)) hits++;
    setRow(resolved, values, row, wanted);
  }
  return { values, levels, hits };
}

/** The categories that each row is to have, drawn where several are wanted. */
function drawWanted(
  resolved: ResolvedConditions,
  rows: number,
  random: Random,
): Pick<MatchingRows, 'levels'> & { wantedOf: (row: number) => WantedCode[] } {
  const codes = balancedCodes(resolved, rows, random.fork('levels'));
  const levels = resolved.drawn.map(({ shares }, k) =>
    drawLevels(shares, rows, random.fork('combination', k)),
  );
  const wantedOf = (row: number) => [
    ...wantedCodes(resolved, codes, row),
    ...resolved.drawn.map(({ index, span }, k) => ({
      index,
      code: Math.min(levels[k]?.[row] as number, span.size - 1),
    })),
  ];
  return { levels, wantedOf };
}

function balancedCodes(
  { balanced }: ResolvedConditions,
  rows: number,
  random: Random,
): Int32Array | undefined {
  return balanced && drawLevels(balanced.shares, rows, random);
}

function drawLevels(shares: readonly number[], rows: number, random: Random): Int32Array {
  const levels = new Int32Array(rows);
  drawEvenly(shares, levels, random.uniform());
  return levels;
}

/** The categories that a row is to have. */
function wantedCodes(
  { fixed, balanced }: ResolvedConditions,
  codes: Int32Array | undefined,
  row: number,
) {
  const wanted: WantedCode[] = fixed.flatMap(({ spans }) =>
    spans.flatMap(({ index, span, value }) =>
      span.kind === 'onehot' && span.role === 'category' ? [{ index, code: value }] : [],
    ),
  );
  if (balanced && codes) wanted.push({ index: balanced.index, code: codes[row] as number });
  return wanted;
}

function distanceOf(
  { fixed }: ResolvedConditions,
  made: readonly SpanValues[],
  row: number,
  wanted: readonly WantedCode[],
): number {
  let far = 0;
  for (const { index, code } of wanted) if (made[index]?.[row] !== code) far += 1;
  for (const column of fixed) far += numberDistance(column, made, row);
  return far;
}

/** How far a number is from the wanted one: in modes, which are in order, of all modes. */
function numberDistance({ spans }: FixedColumn, made: readonly SpanValues[], row: number): number {
  let [place, modes] = [0, 1];
  for (const { index, span, value } of spans) {
    const difference = (made[index]?.[row] as number) - value;
    if (span.kind === 'scalar') place += difference / 2;
    else if (span.role === 'mode') [place, modes] = [place + difference, span.size];
    else if (span.role === 'presence' && (difference !== 0 || value === 0)) {
      // Of a null nothing else matters.
      return Math.abs(difference);
    }
  }
  return Math.min(1, Math.abs(place) / modes);
}

function setRow(
  { fixed }: ResolvedConditions,
  values: readonly SpanValues[],
  row: number,
  wanted: readonly WantedCode[],
): void {
  for (const { index, code } of wanted) (values[index] as SpanValues)[row] = code;
  for (const { spans } of fixed) {
    for (const { index, value } of spans) (values[index] as SpanValues)[row] = value;
  }
}
