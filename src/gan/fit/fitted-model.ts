import type { RecordBatch, Schema } from 'apache-arrow';
import type { ColumnEncoder } from '../../encode/encoder.js';
import type { PrivacySpent } from '../../privacy/budget.js';
import type { RuledTable } from '../conditions/resolve.js';
import type { TrainingData } from '../families/family.js';
import type { HeldData } from '../families/held-data.js';
import type { Manifest } from '../model/manifest.js';
import type { ResolvedFitOptions } from './options.js';

/** What is fitted, and to what. */
export interface ToFit {
  /** Name of the recipe. */
  readonly name: string;
  readonly recipe: object;
  /** The columns that are learned. */
  readonly data: TrainingData;
  /** The table that they were made of. */
  readonly table: RuledTable;
  /** All rows as they were given, with the columns that nothing is learned of. */
  readonly given: { readonly schema: Schema; readonly batches: readonly RecordBatch[] };
  /** The rows of that table. */
  readonly batches: readonly RecordBatch[];
  readonly options: ResolvedFitOptions;
  /** Called with the encoders before anything is trained; what it throws ends the work. */
  readonly onEncoders: (encoders: readonly ColumnEncoder[]) => void;
}

/** What came of it: what a model says of itself, and the file that its rows are made from. */
export interface FittedModel {
  readonly encoders: readonly ColumnEncoder[];
  /** The recipe as plain data. */
  readonly options: object;
  /** What was spent of the rows' privacy, and about how many these are, where it is promised. */
  readonly privacy?: { readonly spent: PrivacySpent; readonly rows: number } | undefined;
  /** Training steps; 0 where nothing is trained. */
  readonly steps: number;
  /** Where it was trained. */
  readonly place: Pick<Manifest['training'], 'engine' | 'device' | 'threads'>;
  readonly file: {
    readonly name: string;
    readonly bytes: Uint8Array;
    /** Rows that are made at once. */
    readonly rows: number;
    readonly holds?: HeldData;
  };
  /** The file of the generator that translates the other way, if there is one. */
  readonly reverse?: { readonly name: string; readonly bytes: Uint8Array } | undefined;
}
