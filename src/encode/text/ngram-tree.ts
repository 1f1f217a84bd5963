/** Code of what stands before the first symbol of a text, and of its end. Symbols follow. */
export const beginCode = 0;
export const endCode = 1;
export const firstSymbol = 2;

/** In the place of a symbol that is not counted, nor any n-gram that it is in. */
export const rareCode = -1;

/**
 * Counts of n-grams, of 1 to some n symbols, as a tree: a node is an n-gram, its children are the
 * n-grams that go on from it by one symbol. Node 0 is the empty one.
 */
export interface NgramTree {
  /** Last symbol of each node. The children of a node lie together, by their symbols. */
  readonly symbols: Int32Array;
  /** How often each n-gram occurs. */
  readonly counts: Int32Array;
  /** First child of each node; those of node k end before `firstChild[k + 1]`. */
  readonly firstChild: Int32Array;
}

/** N-grams while they are counted. */
export interface NgramCounts {
  /** The tree of the n-grams that occur in at least so many texts. */
  tree(leastTexts?: number): NgramTree;
  /** How many n-grams occur in at least so many texts. */
  size(leastTexts?: number): number;
}

/**
 * Counts the n-grams of texts.
 *
 * @param texts Codes of symbols, `firstSymbol` or more, or `rareCode`: beginning and end are put around
 *   them.
 * @param longest Symbols of the longest n-grams, at least 1.
 */
export function countNgrams(texts: Iterable<readonly number[]>, longest: number): NgramCounts {
  const children: Map<number, number>[] = [new Map()];
  const [symbols, counts, inTexts, lastText] = [[0], [0], [0], [-1]];
  let text = 0;
  for (const codes of texts) {
    const all = [beginCode, ...codes, endCode];
    for (let start = 0; start < all.length; start++) {
      let node = 0;
      const stop = Math.min(start + longest, all.length);
      for (let place = start; place < stop && all[place] !== rareCode; place++) {
        node = count(node, all[place] as number);
      }
    }
    text++;
  }
  return { tree, size };

  function count(parent: number, symbol: number): number {
    const known = (children[parent] as Map<number, number>).get(symbol);
    const node = known ?? add(parent, symbol);
    counts[node] = (counts[node] as number) + 1;
    if (lastText[node] !== text) {
      lastText[node] = text;
      inTexts[node] = (inTexts[node] as number) + 1;
    }
    return node;
  }

  function add(parent: number, symbol: number): number {
    const node = symbols.push(symbol) - 1;
    children[parent]?.set(symbol, node);
    children.push(new Map());
    counts.push(0);
    inTexts.push(0);
    lastText.push(-1);
    return node;
  }

  function size(leastTexts = 1): number {
    return inTexts.reduce((sum, own) => sum + Number(own >= leastTexts), 0);
  }

  function tree(leastTexts = 1): NgramTree {
    // Breadth first, so that children lie together.
    const order = [0];
    const firstChild = [1];
    for (let place = 0; place < order.length; place++) {
      const own = [...(children[order[place] as number] as Map<number, number>)]
        .filter(([, node]) => (inTexts[node] as number) >= leastTexts)
        .sort(([a], [b]) => a - b);
      for (const [, node] of own) order.push(node);
      firstChild.push(order.length);
    }
    return {
      symbols: Int32Array.from(order, (node) => symbols[node] as number),
      counts: Int32Array.from(order, (node) => counts[node] as number),
      firstChild: Int32Array.from(firstChild),
    };
  }
}

/** The child of a node by its symbol; undefined if there is none. */
export function childOf(
  { symbols, firstChild }: NgramTree,
  node: number,
  symbol: number,
): number | undefined {
  let [low, high] = [firstChild[node] as number, (firstChild[node + 1] as number) - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const own = symbols[middle] as number;
    if (own === symbol) return middle;
    if (own < symbol) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

/** The node of the last symbols of `codes`, `length` of them; undefined if they do not occur. */
export function findNode(
  tree: NgramTree,
  codes: readonly number[],
  length: number,
): number | undefined {
  let node: number | undefined = 0;
  for (let place = codes.length - length; node !== undefined && place < codes.length; place++) {
    node = childOf(tree, node, codes[place] as number);
  }
  return node;
}
