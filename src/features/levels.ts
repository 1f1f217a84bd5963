import { type Field, Vector } from 'apache-arrow';
import { describeType } from '../data/schema/describe.js';
import { readTexts } from '../encode/cells/column-texts.js';
import { isTextable } from '../encode/cells/column-types.js';
import { showText } from '../encode/values/value.js';
import { SchemaError } from '../errors.js';
import type { Feature, FeatureFitter, LevelsJSON } from './feature.js';

/** Levels at most where nothing is said of them, and in any case. */
const mostLevels = { onehot: 1000, index: 100_000, counted: 1_000_000 };

/** How the levels of a column are fitted. */
interface LevelsChoice {
  readonly as: 'onehot' | 'index';
  readonly levels?: number | undefined;
  /** Whether these are classes to predict: neither null nor an unseen one has a place. */
  readonly isTarget?: boolean;
}

/** Fits a column of levels. */
export function levelsFitter(
  field: Field,
  { as, levels: kept, isTarget = false }: LevelsChoice,
): FeatureFitter {
  const { name, type } = field;
  const counts = new Map<string, number>();
  const most = kept === undefined ? mostLevels[as] : mostLevels.counted;
  return {
    add(data, isReal) {
      for (const [row, text] of readTexts(new Vector([data])).entries()) {
        if (text !== null && isReal(row)) counts.set(text, (counts.get(text) ?? 0) + 1);
      }
      if (counts.size > most) throw tooManyLevels(name, as, most);
    },
    finish() {
      const shown = new Map<string, number>();
      for (const [text, count] of counts) {
        const level = showText(type, text);
        shown.set(level, (shown.get(level) ?? 0) + count);
      }
      const levels = [...shown]
        .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
        .slice(0, kept)
        .map(([level]) => level);
      return levelsFeature({
        column: name,
        as,
        levels,
        unseen: !isTarget,
        nullable: !isTarget && field.nullable,
      });
    },
  };
}

function tooManyLevels(column: string, as: 'onehot' | 'index', most: number): SchemaError {
  const remedy =
    as === 'onehot'
      ? `Say { as: 'onehot', levels: 50 } for the most frequent ones, 'index' for an embedding`
      : 'Say { levels: 1000 } for the most frequent ones';
  return new SchemaError(
    `column '${column}' has more than ${most} levels. ${remedy}, or leave it out of 'features'`,
  );
}

/** A column of levels: one-hot places, or the number of a place as an input of its own. */
export function levelsFeature(json: LevelsJSON): Feature<LevelsJSON> {
  const { column, as, levels, unseen, nullable } = json;
  const placeOf = new Map(levels.map((level, place) => [level, place]));
  const labels = [
    ...levels.map((level) => `${column}=${level}`),
    ...(unseen ? [`${column} is another`] : []),
    ...(nullable ? [`${column} is null`] : []),
  ];
  const other = unseen ? levels.length : -1;
  const nowhere = nullable ? labels.length - 1 : other;
  const width = labels.length;
  return {
    json,
    parts: [
      as === 'onehot'
        ? { shape: [width], dtype: 'float32', isOwnInput: false, labels }
        : // tfjs's sparse cross-entropy takes classes as floats alone.
          { shape: [1], dtype: unseen ? 'int32' : 'float32', isOwnInput: true, labels },
    ],
    open({ type }, data) {
      if (!isTextable(type)) {
        throw new SchemaError(
          `column '${column}' held levels where the transform was fitted, and is of type ` +
            `${describeType(type)}. Convert it, or fit another transform`,
        );
      }
      const texts = readTexts(new Vector([data]));
      const places = placesOf(texts, (text) => placeOf.get(showText(type, text)) ?? other, nowhere);
      return {
        isKnown: (row) => (places[row] as number) >= 0,
        show: (row) => showText(type, texts[row] ?? null),
        write: [
          (row, into, at) => {
            const place = places[row] as number;
            if (as === 'index') into[at] = place;
            // A row may take the place of another one.
            else into.fill(0, at, at + width)[at + place] = 1;
          },
        ],
      };
    },
  };
}

function placesOf(
  texts: readonly (string | null)[],
  find: (text: string) => number,
  nowhere: number,
): Int32Array {
  const known = new Map<string, number>();
  return Int32Array.from(texts, (text) => {
    if (text === null) return nowhere;
    let place = known.get(text);
    if (place === undefined) {
      place = find(text);
      known.set(text, place);
    }
    return place;
  });
}
