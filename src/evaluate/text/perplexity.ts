import {
  beginCode,
  childOf,
  countNgrams,
  endCode,
  findNode,
  firstSymbol,
  type NgramTree,
} from '../../encode/text/ngram-tree.js';
import { splitText } from '../../encode/text/split-text.js';

/** Symbols that the next one depends on. */
const order = 5;

/**
 * The perplexity of texts under a character model of order 5 that has learned others: how many symbols the
 * next one is as uncertain as, on geometric average, the end of each text among them.
 *
 * Counts are smoothed as by Witten and Bell (1991): of each context the share of new symbols is left to
 * the next shorter one, and at last to all symbols alike.
 *
 * @param learned Texts that the model learns.
 * @param texts Texts that it judges.
 */
export function perplexity(learned: readonly string[], texts: readonly string[]): number {
  const codeOf = new Map<string, number>();
  const encode = (text: string) =>
    splitText(text).map((symbol) => {
      const code = codeOf.get(symbol) ?? firstSymbol + codeOf.size;
      codeOf.set(symbol, code);
      return code;
    });
  const tree = countNgrams(learned.map(encode), order + 1).tree();
  const judged = texts.map(encode);
  // All symbols of both, and the end.
  const uniform = 1 / (codeOf.size + 1);
  const followers = countFollowers(tree);
  let [sum, count] = [0, 0];
  for (const codes of judged) {
    const all = [beginCode, ...codes, endCode];
    for (let place = 1; place < all.length; place++) {
      const context = all.slice(Math.max(0, place - order), place);
      sum -= Math.log(probability(tree, followers, context, all[place] as number, uniform));
      count++;
    }
  }
  return Math.exp(sum / count);
}

/** Of each node, how many symbols follow it, and how many different ones. */
function countFollowers({ symbols, counts, firstChild }: NgramTree) {
  const total = new Float64Array(symbols.length);
  const distinct = new Int32Array(symbols.length);
  for (let node = 0; node < symbols.length; node++) {
    for (
      let child = firstChild[node] as number;
      child < (firstChild[node + 1] as number);
      child++
    ) {
      // Nothing is followed by a beginning.
      if (symbols[child] === beginCode) continue;
      total[node] = (total[node] as number) + (counts[child] as number);
      distinct[node] = (distinct[node] as number) + 1;
    }
  }
  return { total, distinct };
}

function probability(
  tree: NgramTree,
  { total, distinct }: ReturnType<typeof countFollowers>,
  context: readonly number[],
  symbol: number,
  uniform: number,
): number {
  let share = uniform;
  for (let length = 0; length <= context.length; length++) {
    const node = findNode(tree, context, length);
    if (node === undefined || distinct[node] === 0) break;
    const child = childOf(tree, node, symbol);
    const seen = child === undefined ? 0 : (tree.counts[child] as number);
    const fresh = distinct[node] as number;
    share = (seen + fresh * share) / ((total[node] as number) + fresh);
  }
  return share;
}
