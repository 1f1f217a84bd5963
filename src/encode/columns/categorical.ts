import type { Field } from 'apache-arrow';
import type { Random } from '../../random.js';
import { isTextOf, readTexts } from '../cells/column-texts.js';
import { isTextable } from '../cells/column-types.js';
import { levelWriter } from '../cells/level-writer.js';
import type { ColumnEncoder } from '../encoder.js';
import { listOf, type Members, refuse } from '../json-checks.js';
import { cumulate, drawPlace } from './draw-place.js';

/** A level of a category, by its text (see `readTexts`); null is a level like the others. */
export interface Level {
  readonly text: string | null;
  readonly count: number;
}

/** Levels in order of their frequency, then of their text; null after all texts. */
export function countLevels(texts: readonly (string | null)[]): Level[] {
  const counts = new Map<string | null, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return Array.from(counts, ([text, count]) => ({ text, count })).sort(
    (a, b) => b.count - a.count || compareTexts(a.text, b.text),
  );
}

function compareTexts(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -1 : Number(a > b);
}

/** Most codes of a column; beyond these its rarest levels share the last one. */
const mostCodes = 1000;

/**
 * The levels, null among those that have a code of their own: with codes for fewer than there are,
 * it goes before the rare ones.
 */
function withNullOften(levels: readonly Level[]): readonly Level[] {
  const place = levels.findIndex(({ text }) => text === null);
  if (place < mostCodes - 1 || levels.length <= mostCodes) return levels;
  const others = levels.filter((_, k) => k !== place);
  return [
    ...others.slice(0, mostCodes - 2),
    levels[place] as Level,
    ...others.slice(mostCodes - 2),
  ];
}

/**
 * An encoder of the levels that `countLevels` found.
 *
 * @param isRedrawn Whether they are but some: rows of the others are then learned as if they had these,
 *   drawn by their counts.
 */
export function fitCategorical(
  field: Field,
  levels: readonly Level[],
  isRedrawn = false,
): ColumnEncoder {
  return categorical(field, withNullOften(levels), 'categorical', mostCodes, isRedrawn);
}

/**
 * An encoder of a column by its levels: one code for each row, in the role 'category'.
 *
 * Of more levels than `codes` those from the last code on share it: which of them a row has is drawn
 * by their counts, so that they come as often as in the sample, but know nothing of other columns.
 * Otherwise decode∘encode is exact for every level of the sample. Null is a level of its own, so that rows
 * can be conditioned on it and it correlates with other columns. A value that was not in the sample
 * becomes the most frequent level that is not null, or with `isRedrawn` one that is drawn. Works for
 * text, booleans, numbers, temporal types and dictionaries of these; codes follow frequency, not the
 * order of a dictionary. `counts` in the JSON are rows of the sample, for sampling by true frequency.
 */
export function categorical(
  field: Field,
  levels: readonly Level[],
  kind: 'categorical' | 'boolean' = 'categorical',
  codes = levels.length,
  isRedrawn = false,
): ColumnEncoder {
  const width = Math.min(codes, levels.length);
  const codeOf = new Map(levels.map(({ text }, place) => [text, Math.min(place, width - 1)]));
  const unseen = Math.max(
    levels.findIndex(({ text }) => text !== null),
    0,
  );
  const valued = levels.filter(({ text }) => text !== null);
  const sums = cumulate(valued.map(({ count }) => count));
  const codeOfUnseen = (random: Random) => {
    if (!isRedrawn || valued.length === 0) return unseen;
    return codeOf.get(valued[drawPlace(sums, random)]?.text ?? null) ?? unseen;
  };
  const texts = levels.flatMap(({ text }) => (text === null ? [] : [text]));
  const counts = levels.map(({ count }) => count);
  const shared = cumulate(counts.slice(width - 1));
  const own = [...counts.slice(0, width - 1), shared.at(-1) as number];
  const write = levelWriter(field.type, texts);
  let place = 0;
  const places = Int32Array.from(levels, ({ text }) => (text === null ? -1 : place++));
  return {
    kind,
    spans: [{ kind: 'onehot', width, role: 'category', counts: own }],
    encode: (vector, random) => [
      Int32Array.from(readTexts(vector), (text) => codeOf.get(text) ?? codeOfUnseen(random)),
    ],
    decode([chosen], rows, random) {
      const level = (code: number) =>
        code === width - 1 && shared.length > 1 ? code + drawPlace(shared, random) : code;
      const written = new Int32Array(rows);
      for (let row = 0; row < rows; row++) written[row] = places[level(chosen?.[row] ?? 0)] ?? -1;
      return write(written);
    },
    toJSON: () => ({
      kind,
      levels: levels.map(({ text }) => text),
      counts,
      ...(width < levels.length ? { codes: width } : {}),
    }),
  };
}

/** Reads a saved categorical or boolean encoder. */
export function categoricalFromJSON(
  field: Field,
  members: Members,
  kind: 'categorical' | 'boolean',
): ColumnEncoder {
  if (!isTextable(field.type)) refuse(field, 'does not fit the type', String(field.type));
  const texts = listOf(field, members, 'levels');
  const counts = listOf(field, members, 'counts');
  const levels = texts.map((text, i): Level => {
    const count = counts[i];
    if (text === null ? !field.nullable : typeof text !== 'string' || !isTextOf(field.type, text)) {
      return refuse(field, 'has a level that does not fit the type', text);
    }
    if (!Number.isSafeInteger(count) || (count as number) < 0) {
      return refuse(field, 'has a bad count', count);
    }
    return { text: text as string | null, count: count as number };
  });
  if (levels.every(({ count }) => count === 0)) refuse(field, 'has no rows in any level', counts);
  if (
    levels.length === 0 ||
    new Set(texts).size < levels.length ||
    counts.length !== levels.length
  ) {
    refuse(field, 'has no levels, or one twice', levels.length);
  }
  return categorical(field, levels, kind, codesOf(field, members, levels.length));
}

/** In how many codes so many levels are; all have their own unless the JSON says otherwise. */
function codesOf(field: Field, { codes = null }: Members, levels: number): number {
  if (codes === null) return levels;
  const isRight =
    Number.isSafeInteger(codes) && (codes as number) > 0 && (codes as number) < levels;
  return isRight ? (codes as number) : refuse(field, 'has a bad number of codes', codes);
}
