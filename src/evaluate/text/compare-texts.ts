import type { CategoricalColumn } from '../../columns/column.js';
import { drawIndices } from '../../columns/select.js';
import { splitText } from '../../encode/text/split-text.js';
import type { Random } from '../../random.js';
import { ngramDivergence } from './ngram-divergence.js';
import { perplexity } from './perplexity.js';

/** Texts of each kind that are compared, at most. */
const mostTexts = 5000;

/** Real texts that a model learns, at most. */
const mostLearned = 20_000;

/** How some texts lie beside real ones. */
export interface TextLikeness {
  /**
   * Jensen–Shannon divergence of the n-grams of 1, 2, 3 and 4 characters, in bits: 0 is alike. A Markov
   * model of order 3 is as near as real texts are to each other: it alone says little.
   */
  readonly divergence: readonly number[];
  /** Share of the texts that are equal to a real one. */
  readonly copies: number;
  /** Share of the texts that are equal to another one of them before. */
  readonly repeats: number;
  /** Characters of a text, on average. */
  readonly length: number;
  /** Perplexity, a character, of these texts under a model of order 5 of the real ones: how plausible. */
  readonly perplexity: number;
  /**
   * Perplexity of real texts under such a model of these: how much of what real texts are is in them.
   * Low where texts are both plausible and diverse.
   */
  readonly reversePerplexity: number;
}

/** How synthetic texts compare with real ones. */
export interface TextComparison {
  /** Name of the column. */
  readonly column: string;
  /** What reverse perplexity is of: held-out texts, or without them the real ones. */
  readonly against: 'holdout' | 'real';
  /** Texts of each kind that were compared. */
  readonly texts: number;
  /** How near synthetic texts come. */
  readonly synthetic: TextLikeness;
  /** The same of held-out texts, and of a model of real ones: what is to be had. */
  readonly real: TextLikeness | null;
}

/** Texts of each table; null cells are left out. */
export interface ComparedTexts {
  readonly real: readonly string[];
  readonly synthetic: readonly string[];
  readonly holdout?: readonly string[] | undefined;
}

/** The texts of a column, but null ones. */
export function textsOf(column: CategoricalColumn | undefined): string[] {
  if (!column) return [];
  return Array.from(column.codes).flatMap((code) => column.levels[code] ?? []);
}

/**
 * Compares synthetic texts with real ones: equally many synthetic and held-out ones, at most 5,000, with all
 * real ones, of which at most 20,000 are learned.
 *
 * @param tables Texts of each table, at least one.
 */
export function compareTexts(
  column: string,
  { real, synthetic, holdout = [] }: ComparedTexts,
  random: Random,
): TextComparison {
  const hasHoldout = holdout.length > 0;
  const texts = Math.min(
    mostTexts,
    synthetic.length,
    real.length,
    hasHoldout ? holdout.length : mostTexts,
  );
  const draw = (all: readonly string[], name: string, most = texts) => {
    const places = drawIndices(all.length, Math.min(most, all.length), random.fork(name));
    return Array.from(places, (place) => all[place] as string);
  };
  const reference = { texts: real, learned: draw(real, 'learned', mostLearned) };
  const others = draw(synthetic, 'synthetic');
  const asMany = draw(real, 'real');
  const judged = hasHoldout ? draw(holdout, 'holdout') : asMany;
  return {
    column,
    against: hasHoldout ? 'holdout' : 'real',
    texts,
    synthetic: likenessOf(others, reference, others, judged),
    real: hasHoldout ? likenessOf(judged, reference, asMany, judged) : null,
  };
}

interface Reference {
  readonly texts: readonly string[];
  /** Those that a model learns. */
  readonly learned: readonly string[];
}

function likenessOf(
  texts: readonly string[],
  reference: Reference,
  learned: readonly string[],
  judged: readonly string[],
): TextLikeness {
  const known = new Set(reference.texts);
  const symbols = texts.reduce((sum, text) => sum + splitText(text).length, 0);
  return {
    divergence: [1, 2, 3, 4].map((n) => ngramDivergence(texts, reference.texts, n)),
    copies: texts.filter((text) => known.has(text)).length / texts.length,
    repeats: 1 - new Set(texts).size / texts.length,
    length: symbols / texts.length,
    perplexity: perplexity(reference.learned, texts),
    reversePerplexity: perplexity(learned, judged),
  };
}
