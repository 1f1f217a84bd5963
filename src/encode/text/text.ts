import type { Data, Field, Vector } from 'apache-arrow';
import { DataError } from '../../errors.js';
import { readTexts } from '../cells/column-texts.js';
import { canBeTexts } from '../columns/markov.js';
import { listOf, type Members, numberOf, refuse } from '../json-checks.js';
import type { TensorEncoder } from '../tensor/encoder.js';
import { splitText } from './split-text.js';
import { writeTexts } from './write-texts.js';

/** What texts are made of, and how long they are, in graphemes. */
export interface TextShape {
  readonly alphabet: readonly string[];
  readonly shortest: number;
  readonly longest: number;
}

/** Texts as codes, without those that cannot be made. */
export interface CodedTexts {
  /** The row of the column that each text is of. */
  readonly rows: Int32Array;
  /** [rows, longest] places in the alphabet plus one, and 0 from the end of the text on. */
  readonly codes: Int32Array;
}

/** A column of texts as tensors [longest, alphabet + 1], one-hot: the first symbol is the end. */
export interface TextEncoder extends TensorEncoder {
  readonly kind: 'text';
  readonly text: TextShape;
  /** The texts of a column, but null ones, longer ones and those with other characters. */
  codesOf(vector: Vector): CodedTexts;
  /** Codes as `codesOf` gives them → a column of the column's type. */
  writeCodes(codes: Int32Array): Data;
}

/** How an encoder of texts is fitted. */
export interface TextFit {
  /** Graphemes of a text at most: longer ones are left out. 0 for as many as texts have. */
  readonly longest: number;
  /** Texts that a character needs to be made; lengths are bounded by that of this rank. */
  readonly leastTexts: number;
}

/** Symbols of texts at most: each is a channel of networks. */
const mostSymbols = 500;

/**
 * Fits an encoder to a column of texts.
 *
 * Texts are made of graphemes that enough texts have, the 500 most frequent ones, and are as long as
 * texts of those: others are left out of the training. Null is never made.
 *
 * @throws DataError where no text is left.
 */
export function fitText(field: Field, sample: Vector, fit: TextFit): TextEncoder {
  const { leastTexts } = fit;
  const split = readTexts(sample).flatMap((text) => (text === null ? [] : [splitText(text)]));
  const alphabet = frequentSymbols(split, leastTexts);
  const known = new Set(alphabet);
  const lengths = split
    .filter((symbols) => symbols.every((symbol) => known.has(symbol)))
    .map(({ length }) => length)
    .filter((length) => fit.longest === 0 || length <= fit.longest)
    .sort((a, b) => a - b);
  const rank = Math.min(leastTexts, Math.ceil(lengths.length / 2)) - 1;
  const longest = lengths.at(-1 - rank) ?? 0;
  if (lengths.length < leastTexts || longest === 0) {
    throw new DataError(
      `column '${field.name}' has no texts that can be learned: ${split.length} texts, of which ` +
        `${lengths.length} are short enough and of characters that ${leastTexts} texts have. Give ` +
        'more or, if they are no secret, say privacy: false',
    );
  }
  return textEncoder(field, { alphabet, shortest: lengths[rank] as number, longest });
}

function frequentSymbols(texts: readonly (readonly string[])[], leastTexts: number): string[] {
  const counts = new Map<string, number>();
  for (const symbols of texts) {
    for (const symbol of new Set(symbols)) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= leastTexts)
    .sort(([, a], [, b]) => b - a)
    .slice(0, mostSymbols)
    .map(([symbol]) => symbol)
    .sort();
}

/** Reads a saved encoder of texts. */
export function textFromJSON(field: Field, members: Members): TextEncoder {
  if (!canBeTexts(field.type)) refuse(field, 'does not fit the type', String(field.type));
  const alphabet = listOf(field, members, 'alphabet');
  const isRight = (symbol: unknown) => typeof symbol === 'string' && symbol !== '';
  if (alphabet.length === 0 || alphabet.length > mostSymbols || !alphabet.every(isRight)) {
    refuse(field, 'has a bad alphabet', alphabet.length);
  }
  const shortest = numberOf(field, members, 'shortest', 0);
  const longest = numberOf(field, members, 'longest', 1);
  if (!Number.isInteger(shortest) || !Number.isInteger(longest) || shortest > longest) {
    refuse(field, 'has bad lengths', [shortest, longest]);
  }
  return textEncoder(field, { alphabet: alphabet as string[], shortest, longest });
}

function textEncoder(field: Field, text: TextShape): TextEncoder {
  const { alphabet, shortest, longest } = text;
  const symbols = alphabet.length + 1;
  const codeOf = new Map(alphabet.map((symbol, place) => [symbol, place + 1]));
  const codesOf = (vector: Vector): CodedTexts => {
    const rows: number[] = [];
    const codes: number[][] = [];
    for (const [row, cell] of readTexts(vector).entries()) {
      const own = cell === null ? undefined : codesOfText(cell, codeOf, longest);
      if (!own) continue;
      rows.push(row);
      codes.push(own);
    }
    const all = new Int32Array(rows.length * longest);
    for (const [k, own] of codes.entries()) all.set(own, k * longest);
    return { rows: Int32Array.from(rows), codes: all };
  };
  const writeCodes = (codes: Int32Array) => {
    const texts = Array.from({ length: codes.length / longest }, (_, row) => {
      const own = codes.subarray(row * longest, (row + 1) * longest);
      const end = own.indexOf(0);
      return Array.from(end < 0 ? own : own.subarray(0, end), (code) => alphabet[code - 1]).join(
        '',
      );
    });
    return writeTexts(field.type, texts);
  };
  return {
    kind: 'text',
    spans: [],
    shape: [longest, symbols],
    text,
    codesOf,
    writeCodes,
    read(vector) {
      const { rows, codes } = codesOf(vector);
      return {
        rows,
        fill(index, target, to) {
          target.fill(0, to, to + longest * symbols);
          for (let place = 0; place < longest; place++) {
            const code = codes[index * longest + place] as number;
            target[to + place * symbols + code] = 1;
          }
        },
      };
    },
    write: (values) => writeCodes(largest(values, text)),
    encode: () => [],
    decode: (_, rows) => writeTexts(field.type, Array<string>(rows).fill('')),
    toJSON: () => ({ kind: 'text', alphabet, shortest, longest }),
  };
}

/** The codes of a text; undefined where it is too long, or has a character that is not made. */
function codesOfText(
  text: string,
  codeOf: ReadonlyMap<string, number>,
  longest: number,
): number[] | undefined {
  const codes = splitText(text).map((symbol) => codeOf.get(symbol) ?? 0);
  if (codes.length > longest || codes.includes(0)) return undefined;
  return codes;
}

/** The most likely code at each place; not the end where no text is that short. */
function largest(values: Float32Array, { alphabet, shortest, longest }: TextShape): Int32Array {
  const symbols = alphabet.length + 1;
  return Int32Array.from({ length: values.length / symbols }, (_, at) => {
    const first = at % longest < shortest ? 1 : 0;
    let best = first;
    for (let code = first + 1; code < symbols; code++) {
      if ((values[at * symbols + code] as number) > (values[at * symbols + best] as number)) {
        best = code;
      }
    }
    return best;
  });
}
