import type { Translation } from '../../gan/sampling/translation.js';
import type { DomainLikeness } from './compare-domains.js';
import type { LabelAgreement } from './dice.js';
import type { Similarity } from './similarity.js';

/** How near a model that translates comes to the truth. Plain JSON. */
export interface TranslationEvaluation {
  /** Name of the model's recipe. */
  readonly recipe: string;
  /** What it makes of what. */
  readonly translation: Translation;
  /** Held-out rows. */
  readonly rows: {
    /** Held-out rows that were given. */
    readonly total: number;
    /** Those of them that were looked at. */
    readonly drawn: number;
  };
  /** Of pairs: how near what is made comes to the truth. `null` for domains. */
  readonly pairs: PairComparison | null;
  /** Of domains: one for each direction that the model has learned. `null` for pairs. */
  readonly domains: DomainComparison | null;
  /**
   * Some rows drawn as the address of a PNG that holds itself, real images among them: of pairs what
   * went in, what was made, and the truth; of domains what went in, what was made, and what came back
   * of it. `null` where it was not wanted.
   */
  readonly examples: string | null;
}

/** What was made of held-out pairs, beside their truth. */
export interface PairComparison {
  /** Pairs that were compared. */
  readonly count: number;
  /** Of images; `null` where labels are made. */
  readonly similarity: Similarity | null;
  /** The same of what went in, where it has the truth's channels: what doing nothing gives. */
  readonly untranslated: Similarity | null;
  /** Of labels that are made. */
  readonly labels: LabelAgreement | null;
  /** Of images that are made from labels, where there is a segmenter. */
  readonly segmented: SegmentedComparison | null;
}

/** Labels that a segmenter finds, beside those that images were made from. */
export interface SegmentedComparison {
  /** In the images that were made. */
  readonly made: LabelAgreement;
  /** In the real images of the same labels: what is to be had. */
  readonly real: LabelAgreement;
}

/** How near each direction comes to its domain, and what is lost on the way there and back. */
export interface DomainComparison {
  /** The one that is asked for, and the other one if it was learned. */
  readonly directions: readonly DomainLikeness[];
  /**
   * Mean absolute difference of images from what came back of them after both translations, as a share
   * of the range, by the domain that they began in; it is small too where an image is hidden in
   * another. `null` for models of one direction.
   */
  readonly cycleError: Readonly<Record<string, number>> | null;
}
