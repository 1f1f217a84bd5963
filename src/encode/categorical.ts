import type { Field } from 'apache-arrow';
import { isTextOf, readTexts } from './column-texts.js';
import { isTextable } from './column-types.js';
import type { ColumnEncoder } from './encoder.js';
import { listOf, type Members, refuse } from './json-checks.js';
import { levelWriter } from './level-writer.js';

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

/**
 * An encoder of a column by its levels: one code for each row, in the role 'category'.
 *
 * decode∘encode is exact for every level of the sample. Null is a level of its own, so that rows
 * can be conditioned on it and it correlates with other columns. A value that was not in the sample
 * becomes the most frequent level that is not null. Works for text, booleans, numbers, temporal
 * types and dictionaries of these; codes follow frequency, not the order of a dictionary. `counts`
 * in the JSON are rows of the sample, for sampling by true frequency.
 */
export function categorical(
  field: Field,
  levels: readonly Level[],
  kind: 'categorical' | 'boolean' = 'categorical',
): ColumnEncoder {
  const codes = new Map(levels.map(({ text }, code) => [text, code]));
  const unseen = Math.max(
    levels.findIndex(({ text }) => text !== null),
    0,
  );
  const texts = levels.flatMap(({ text }) => (text === null ? [] : [text]));
  const counts = levels.map(({ count }) => count);
  const write = levelWriter(field.type, texts);
  let place = 0;
  const places = Int32Array.from(levels, ({ text }) => (text === null ? -1 : place++));
  return {
    kind,
    spans: [{ kind: 'onehot', width: levels.length, role: 'category', counts }],
    encode: (vector) => [Int32Array.from(readTexts(vector), (text) => codes.get(text) ?? unseen)],
    decode([chosen], rows) {
      const codes = new Int32Array(rows);
      for (let row = 0; row < rows; row++) codes[row] = places[chosen?.[row] ?? 0] ?? -1;
      return write(codes);
    },
    toJSON: () => ({
      kind,
      levels: levels.map(({ text }) => text),
      counts,
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
  return categorical(field, levels, kind);
}
