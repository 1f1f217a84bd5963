import type { Random } from '../../random.js';
import {
  beginCode,
  countNgrams,
  endCode,
  findNode,
  firstSymbol,
  type NgramCounts,
  type NgramTree,
  rareCode,
} from './ngram-tree.js';
import { splitText } from './split-text.js';

/** How a Markov model is fitted. */
export interface MarkovOptions {
  /** Symbols that the next one depends on. */
  readonly order: number;
  /** Texts that an n-gram needs to be made and saved; lengths are bounded by that of this rank. */
  readonly leastTexts: number;
}

/** Texts of one kind: their n-grams, and how many cells of it are null. */
export interface TextSource {
  /** Share of the cells that are null. */
  readonly nulls: number;
  readonly tree: NgramTree;
}

/** The texts of the rows that have one level in another column. */
export interface ClassSource extends TextSource {
  readonly level: string | null;
}

/** A Markov model of texts. */
export interface MarkovModel {
  readonly order: number;
  /** Graphemes; the one at place k has the code `firstSymbol` + k. */
  readonly alphabet: readonly string[];
  /** Graphemes of a text, at least and at most. */
  readonly shortest: number;
  readonly longest: number;
  readonly all: TextSource;
  readonly classes: readonly ClassSource[];
}

/** Classes of fewer texts have those of all: of few texts short n-grams alone are frequent enough. */
const leastOfClass = 100;

/** Classes of their own, the most frequent ones. */
const mostClasses = 100;

/** Symbols that are counted: of more texts every second, third, … is read. */
const mostSymbols = 1_500_000;

/** N-grams that a model holds: of more the rarest go. */
const mostNgrams = 500_000;

/**
 * Fits a Markov model to texts: counts of n-grams, with an end mark. What fewer than `leastTexts`
 * texts have is no part of it, be it a rare character or a rare run of frequent ones: where a context
 * is rare, the next symbol depends on a shorter one.
 *
 * @param texts Null cells count for the share of nulls.
 * @param levels Of each cell's row, in a column that texts are to suit: of each level that at least
 *   100 (and `leastTexts`) texts are of, the 100 most frequent ones, they are made by their own n-grams.
 * @returns Undefined where no character is in enough texts.
 */
export function fitMarkov(
  texts: readonly (string | null)[],
  { order, leastTexts }: MarkovOptions,
  levels?: readonly (string | null)[],
): MarkovModel | undefined {
  const { alphabet, codes, lengths } = encodeTexts(texts, leastTexts);
  if (alphabet.length === 0) return undefined;
  const treeOf = (own: readonly (readonly number[])[]) =>
    limitedTree(countNgrams(own, order + 1), leastTexts);
  const rank = Math.min(leastTexts, Math.ceil(lengths.length / 2)) - 1;
  const all = [...codes.values()];
  const classes = levels ? classesOf(codes, levels, Math.max(leastOfClass, leastTexts)) : [];
  return {
    order,
    alphabet,
    shortest: lengths[rank] as number,
    longest: lengths.at(-1 - rank) as number,
    all: { nulls: 1 - count(texts, (text) => text !== null) / texts.length, tree: treeOf(all) },
    classes: classes.map(({ level, rows }) => {
      const cells = count(levels ?? [], (own) => own === level);
      const nulls = count(levels ?? [], (own, row) => own === level && texts[row] === null);
      return {
        level,
        nulls: nulls / cells,
        tree: treeOf(rows.map((row) => codes.get(row) as number[])),
      };
    }),
  };
}

const count = <T>(all: readonly T[], is: (one: T, place: number) => boolean) =>
  all.reduce((sum, one, place) => sum + Number(is(one, place)), 0);

/** Texts as codes by their row, of very many some; and their lengths, shortest first. */
function encodeTexts(texts: readonly (string | null)[], leastTexts: number) {
  const total = texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
  const step = Math.max(1, Math.ceil(total / mostSymbols));
  const split = new Map<number, string[]>();
  for (let row = 0; row < texts.length; row += step) {
    const text = texts[row];
    if (typeof text === 'string') split.set(row, splitText(text));
  }
  const textsWith = new Map<string, number>();
  for (const symbols of split.values()) {
    for (const symbol of new Set(symbols)) textsWith.set(symbol, (textsWith.get(symbol) ?? 0) + 1);
  }
  const alphabet = [...textsWith].flatMap(([symbol, own]) => (own < leastTexts ? [] : [symbol]));
  alphabet.sort();
  const codeOf = new Map(alphabet.map((symbol, place) => [symbol, firstSymbol + place]));
  const codes = new Map(
    Array.from(split, ([row, symbols]) => [
      row,
      symbols.map((symbol) => codeOf.get(symbol) ?? rareCode),
    ]),
  );
  const lengths = Array.from(split.values(), ({ length }) => length).sort((a, b) => a - b);
  return { alphabet, codes, lengths };
}

function limitedTree(counts: NgramCounts, leastTexts: number): NgramTree {
  let least = leastTexts;
  while (counts.size(least) > mostNgrams) least++;
  return counts.tree(least);
}

/** The most frequent levels that enough texts are of, and the rows of these. */
function classesOf(
  codes: ReadonlyMap<number, unknown>,
  levels: readonly (string | null)[],
  least: number,
) {
  const rowsOf = new Map<string | null, number[]>();
  for (const row of codes.keys()) {
    const level = levels[row] ?? null;
    const rows = rowsOf.get(level);
    if (rows) rows.push(row);
    else rowsOf.set(level, [row]);
  }
  return Array.from(rowsOf, ([level, rows]) => ({ level, rows }))
    .filter(({ rows }) => rows.length >= least)
    .sort((a, b) => b.rows.length - a.rows.length)
    .slice(0, mostClasses);
}

/**
 * A drawer of texts of a model, null as often as they were.
 *
 * The next symbol is drawn by how often it followed the longest context of at most `order` symbols
 * that is known. No text ends before `shortest` symbols, and each does at `longest`.
 */
export function openMarkov({ order, alphabet, shortest, longest, all, classes }: MarkovModel) {
  const sources = new Map<string | null, TextSource>(classes.map((own) => [own.level, own]));
  return (random: Random, level?: string | null): string | null => {
    const own = level === undefined ? undefined : sources.get(level);
    const { nulls } = own ?? all;
    const trees = own ? [own.tree, all.tree] : [all.tree];
    if (nulls > 0 && random.uniform() < nulls) return null;
    const codes = [beginCode];
    while (codes.length <= longest) {
      const next = drawNext(trees, codes, order, codes.length > shortest, random);
      if (next === endCode) break;
      codes.push(next);
    }
    return codes
      .slice(1)
      .map((code) => alphabet[code - firstSymbol])
      .join('');
  };
}

/**
 * The next symbol after `codes`. What was seen after the longest context has the share that it had there;
 * what else followed, which is withheld, is drawn by what followed that context in texts of all classes,
 * and what is withheld there by the next shorter one, as Katz (1987) backs off.
 */
function drawNext(
  trees: readonly NgramTree[],
  codes: readonly number[],
  order: number,
  canEnd: boolean,
  random: Random,
): number {
  for (let length = Math.min(order, codes.length); length >= 0; length--) {
    for (const tree of trees) {
      const node = findNode(tree, codes, length);
      const drawn = node === undefined ? undefined : drawChild(tree, node, canEnd, random);
      if (drawn !== undefined) return drawn;
    }
  }
  return endCode;
}

/** A symbol that follows a node; undefined where it is one that is withheld, or there is none. */
function drawChild(
  { symbols, counts, firstChild }: NgramTree,
  node: number,
  canEnd: boolean,
  random: Random,
): number | undefined {
  let start = firstChild[node] as number;
  const stop = firstChild[node + 1] as number;
  let total = counts[node] as number;
  // They are the first of the children: the beginning, which follows nothing, and the end.
  while (start < stop && isLeftOut(symbols[start] as number, canEnd)) {
    total -= counts[start++] as number;
  }
  let known = 0;
  for (let child = start; child < stop; child++) known += counts[child] as number;
  if (known === 0) return undefined;
  // Nothing is shorter than the empty context.
  let rest = random.uniform() * (node === 0 ? known : Math.max(total, known));
  for (let child = start; child < stop; child++) {
    rest -= counts[child] as number;
    if (rest < 0) return symbols[child] as number;
  }
  return node === 0 ? (symbols[stop - 1] as number) : undefined;
}

function isLeftOut(symbol: number, canEnd: boolean): boolean {
  return symbol === beginCode || (symbol === endCode && !canEnd);
}
