import type { MarkovModel, TextSource } from './markov.js';
import { firstSymbol, type NgramTree } from './ngram-tree.js';

/** A Markov model as plain JSON: of each node of a tree its symbol, its count and its children's number. */
export function markovToJSON({ all, classes, ...model }: MarkovModel): object {
  return {
    ...model,
    all: sourceToJSON(all),
    classes: classes.map(({ level, ...own }) => ({ level, ...sourceToJSON(own) })),
  };
}

function sourceToJSON({ nulls, tree: { symbols, counts, firstChild } }: TextSource): object {
  return {
    nulls,
    symbols: Array.from(symbols),
    counts: Array.from(counts),
    children: Array.from(symbols, (_, node) => {
      return (firstChild[node + 1] as number) - (firstChild[node] as number);
    }),
  };
}

/**
 * Reads a Markov model from what `markovToJSON` gave. The JSON may come from anywhere.
 *
 * @returns What is wrong with it, in words, where it is no model.
 */
export function markovFromJSON(json: Readonly<Record<string, unknown>>): MarkovModel | string {
  const { order, alphabet, shortest, longest, all, classes } = json;
  if (!isCount(order)) return 'its order is no whole number';
  if (!isList(alphabet) || !alphabet.every((one) => typeof one === 'string' && one !== '')) {
    return 'its alphabet is no list of texts';
  }
  if (!isCount(shortest) || !isCount(longest) || shortest > longest) return 'its lengths are wrong';
  const source = sourceFromJSON(all, alphabet.length);
  if (typeof source === 'string') return source;
  if (!isList(classes)) return 'its classes are no list';
  const read = classes.map((own) => classFromJSON(own, alphabet.length));
  const wrong = read.find((own) => typeof own === 'string');
  if (typeof wrong === 'string') return wrong;
  return {
    order,
    alphabet: alphabet as string[],
    shortest,
    longest,
    all: source,
    classes: read as MarkovModel['classes'][number][],
  };
}

function classFromJSON(json: unknown, symbols: number): MarkovModel['classes'][number] | string {
  const level = isObject(json) ? json.level : undefined;
  if (level !== null && typeof level !== 'string') return 'a class has no level';
  const source = sourceFromJSON(json, symbols);
  return typeof source === 'string' ? source : { level, ...source };
}

function sourceFromJSON(json: unknown, alphabet: number): TextSource | string {
  if (!isObject(json)) return 'it has no n-grams';
  const { nulls, symbols, counts, children } = json;
  if (typeof nulls !== 'number' || !(nulls >= 0 && nulls <= 1))
    return 'its share of nulls is wrong';
  const nodes = [symbols, counts, children];
  if (!nodes.every((own) => isList(own) && own.every(isCount))) return 'its n-grams are no counts';
  const [ofSymbols, ofCounts, ofChildren] = nodes as [number[], number[], number[]];
  const size = ofSymbols.length;
  if (size < 1 || ofCounts.length !== size || ofChildren.length !== size) {
    return 'its n-grams are of unlike numbers';
  }
  if (ofSymbols.some((symbol) => symbol >= firstSymbol + alphabet)) return 'it has unknown symbols';
  const firstChild = placeChildren(ofChildren);
  if (!firstChild) return 'its n-grams are no tree';
  const tree: NgramTree = {
    symbols: Int32Array.from(ofSymbols),
    counts: Int32Array.from(ofCounts),
    firstChild,
  };
  return areSorted(tree) ? { nulls, tree } : 'its n-grams are not in order';
}

/** First children of nodes, breadth first; undefined where they are not all of one tree. */
function placeChildren(children: readonly number[]): Int32Array | undefined {
  const first = new Int32Array(children.length + 1);
  first[0] = 1;
  for (const [node, own] of children.entries()) {
    // A child stands behind its parent.
    if (own > 0 && (first[node] as number) <= node) return undefined;
    first[node + 1] = (first[node] as number) + own;
  }
  return first.at(-1) === children.length ? first : undefined;
}

/** Whether children stand by their symbols, each of which occurs. */
function areSorted({ symbols, counts, firstChild }: NgramTree): boolean {
  for (let node = 0; node < symbols.length; node++) {
    const [start, stop] = [firstChild[node] as number, firstChild[node + 1] as number];
    for (let child = start; child < stop; child++) {
      if ((counts[child] as number) < 1) return false;
      if (child > start && (symbols[child] as number) <= (symbols[child - 1] as number))
        return false;
    }
  }
  return true;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31;
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
