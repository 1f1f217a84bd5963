import type { IgnoredColumn } from '../columns/read-cells.js';
import type { Detection } from './detection/detection.js';
import type { Accuracy } from './fidelity/accuracy.js';
import type { RuleKept } from './fidelity/broken-rules.js';
import type { Quality } from './fidelity/quality.js';
import type { Illustrations } from './illustrations/illustrate.js';
import type { ImageComparison } from './image/compare-images.js';
import type { ModelName } from './models/trainers.js';
import type { Attacks } from './privacy/attacks/measure-attacks.js';
import type { Yardsticks } from './privacy/attacks/yardsticks.js';
import type { NewRows } from './privacy/new-rows.js';
import type { Protection } from './privacy/protection.js';
import type { SequenceComparison } from './sequence/compare-sequences.js';
import type { TextComparison } from './text/compare-texts.js';
import type { TranslationEvaluation } from './translation/translation-evaluation.js';
import type { Lift } from './utility/measure-lift.js';

/** How good, how useful and how private synthetic rows are. Plain JSON. */
export interface Evaluation {
  /** What was found, in sentences; what does not help is said. */
  readonly findings: readonly string[];
  /** Rows of each table, and how many of them were drawn. */
  readonly rows: Readonly<Record<'real' | 'synthetic' | 'holdout', RowCount | null>>;
  /** Columns that are not compared, and why. */
  readonly ignored: readonly IgnoredColumn[];
  /** How alike columns are distributed, and pairs of them related; of sequences the attributes. */
  readonly quality: Quality & {
    /** As SDMetrics 0.32 computes them. */
    readonly sdmetrics: Pick<Quality, 'score' | 'columnShapes' | 'columnPairTrends'> & {
      /** As its earlier versions did, and most published tables: weak links count too. */
      readonly scoreOfAllPairs: number | null;
    };
    /** How alike one, two and three columns at a time are distributed, beside held-out rows. */
    readonly accuracy: Accuracy;
  };
  /** Rules that every real row keeps, and how many synthetic rows break each. */
  readonly rules: readonly RuleKept[];
  /**
   * By boosted trees and logistic regression, of the columns, and of sequences of statistics of their
   * steps; and of images alone by a CNN.
   */
  readonly detection: Readonly<Partial<Record<ModelName, Detection>>>;
  /** Of rows that are sequences, what only these have; else `null`. */
  readonly sequences: SequenceComparison | null;
  /** `null` without a column of images. */
  readonly images: ImageComparison | null;
  /** One for each column of texts that both tables have. */
  readonly texts: readonly TextComparison[];
  /** How close synthetic rows come to real ones. */
  readonly privacy: {
    /** Synthetic rows that are like no real one. */
    readonly newRows: NewRows;
    /** The same of held-out rows: what is alike by chance. */
    readonly newRowsOfHoldout: NewRows | null;
    /** Of columns, and of thumbnails of images of at most 8 × 8 pixels. */
    readonly distances: Protection;
    /** `null` without held-out rows, or with fewer than 20 rows of a table. */
    readonly attacks: PrivacyAttacks | null;
  };
  /** `null` where no model that translates was given. */
  readonly translation: TranslationEvaluation | null;
  /** `null` without a target or held-out rows. */
  readonly utility: Lift | null;
  /** What a report shows beside numbers, some real rows among it; `null` where it was not wanted. */
  readonly illustrations: Illustrations | null;
}

/** What attackers get out of synthetic rows, and out of rows that are easier to understand. */
export interface PrivacyAttacks extends Attacks {
  /**
   * The same of rows of makers without a network, fitted to the same real rows; without those that
   * cannot make such a table. Empty where there are images, or more than 500,000 cells.
   */
  readonly yardsticks: Yardsticks;
}

/** Rows of a table, and how many were looked at. */
export interface RowCount {
  /** Rows of the table. */
  readonly total: number;
  /** Rows that were drawn from it. */
  readonly drawn: number;
}
