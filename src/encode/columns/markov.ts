import { DataType, type Field, type Vector } from 'apache-arrow';
import type { Random } from '../../random.js';
import { readTexts } from '../cells/column-texts.js';
import { isText } from '../cells/column-types.js';
import type { ColumnEncoder } from '../encoder.js';
import { type Members, refuse } from '../json-checks.js';
import { fitMarkov, type MarkovModel, openMarkov } from '../text/markov.js';
import { markovFromJSON, markovToJSON } from '../text/markov-json.js';
import { writeTexts } from '../text/write-texts.js';

/** Symbols that the next one depends on. */
const order = 5;

/** How columns of texts are fitted. */
export interface TextOptions {
  /** Texts that a run of characters needs to be made and saved. Default 1: each is. */
  readonly leastTexts?: number | undefined;
  /** The column that texts are to suit, with its cells in the rows of the sample (see `readTexts`). */
  readonly given?:
    | { readonly column: string; readonly texts: readonly (string | null)[] }
    | undefined;
}

/** Whether texts can be made for a column of the type. */
export function canBeTexts(type: DataType): boolean {
  return isText(DataType.isDictionary(type) ? type.dictionary : type);
}

/**
 * Fits an encoder of a column of texts that are made by a Markov model of order 5 when the other
 * columns are there: one for each level of the column `given`.
 *
 * It has no spans: a network learns nothing of it. Null comes as often as in the sample.
 *
 * @returns Undefined where no character is in enough texts.
 */
export function fitMarkovColumn(
  field: Field,
  sample: Vector,
  { leastTexts = 1, given }: TextOptions,
): ColumnEncoder | undefined {
  const own = given?.column === field.name ? undefined : given;
  const model = fitMarkov(readTexts(sample), { order, leastTexts }, own?.texts);
  return model && markov(field, model, own?.column);
}

/** Reads a saved encoder of texts. */
export function markovColumnFromJSON(field: Field, { given, ...members }: Members): ColumnEncoder {
  if (!canBeTexts(field.type)) refuse(field, 'does not fit the type', String(field.type));
  if (given !== undefined && typeof given !== 'string') refuse(field, 'has a bad column', given);
  const model = markovFromJSON(members);
  if (typeof model === 'string') return refuse(field, 'is damaged', model);
  const sources = [model.all, ...model.classes];
  if (!field.nullable && sources.some(({ nulls }) => nulls > 0)) {
    refuse(
      field,
      'makes nulls where none can be',
      sources.map(({ nulls }) => nulls),
    );
  }
  return markov(field, model, given as string | undefined);
}

function markov(field: Field, model: MarkovModel, given: string | undefined): ColumnEncoder {
  const draw = openMarkov(model);
  return {
    kind: 'markov',
    spans: [],
    encode: () => [],
    decode: (_, rows) => writeTexts(field.type, Array<string>(rows).fill('')),
    completion: {
      given,
      make(cells: Vector | undefined, rows: number, random: Random) {
        const levels = cells && readTexts(cells);
        const texts = Array.from({ length: rows }, (_, row) => draw(random, levels?.[row]));
        return writeTexts(field.type, texts);
      },
    },
    toJSON: () => ({
      kind: 'markov',
      ...(given === undefined ? {} : { given }),
      ...markovToJSON(model),
    }),
  };
}
