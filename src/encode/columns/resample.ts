import type { Field } from 'apache-arrow';
import { isTextOf } from '../cells/column-texts.js';
import { isTextable } from '../cells/column-types.js';
import { levelWriter } from '../cells/level-writer.js';
import type { ColumnEncoder } from '../encoder.js';
import { listOf, type Members, refuse } from '../json-checks.js';
import type { Level } from './categorical.js';
import { cumulate, drawPlace } from './draw-place.js';

/**
 * An encoder of a column whose values are drawn again as often as in the sample, whatever else is in
 * a row: nothing is learned, and its values are saved.
 */
export function resample(field: Field, levels: readonly Level[]): ColumnEncoder {
  const texts = levels.flatMap(({ text }) => (text === null ? [] : [text]));
  const codes = new Map(texts.map((text, code) => [text, code]));
  const places = levels.map(({ text }) => (text === null ? -1 : (codes.get(text) as number)));
  const sums = cumulate(levels.map(({ count }) => count));
  const write = levelWriter(field.type, texts);
  return {
    kind: 'resample',
    spans: [],
    encode: () => [],
    decode: (_, rows, random) =>
      write(Int32Array.from({ length: rows }, () => places[drawPlace(sums, random)] as number)),
    toJSON: () => ({
      kind: 'resample',
      levels: levels.map(({ text }) => text),
      counts: levels.map(({ count }) => count),
    }),
  };
}

/** Reads a saved encoder of values that are drawn again. */
export function resampleFromJSON(field: Field, members: Members): ColumnEncoder {
  const counts = listOf(field, members, 'counts');
  const levels = listOf(field, members, 'levels').map((text, k): Level => {
    const isNull = text === null && field.nullable;
    const isText = typeof text === 'string' && isTextable(field.type) && isTextOf(field.type, text);
    const count = counts[k];
    if (!isNull && !isText) refuse(field, 'has a level that does not fit the type', text);
    if (!Number.isSafeInteger(count) || (count as number) < 1) {
      refuse(field, 'has a bad count', count);
    }
    return { text: text as string | null, count: count as number };
  });
  if (levels.length === 0) refuse(field, 'has no levels', counts);
  return resample(field, levels);
}
