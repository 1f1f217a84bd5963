import type { AgreedRows } from '../agree/agreed-rows.js';
import type { GateVerdict } from '../gate/verdict.js';
import type { RejectedRows } from '../privacy/rejected-rows.js';

/** Key of the Parquet metadata that says what came of an augmentation. */
export const outcomeKey = 'gan-augment.outcome';

/**
 * What came of an augmentation: what is only known when the stream is over. Parquet files hold it in
 * the footer; Arrow's metadata stands before the rows, and has only what was known then.
 */
export interface Outcome {
  /** Real rows that came out. */
  readonly realRows: number;
  /** Synthetic rows that came out. */
  readonly syntheticRows: number;
  /** Real rows that synthetic ones took the place of. */
  readonly replacedRows: number;
  /** The models, in the order of their use, each with the real rows that passed before. */
  readonly models: readonly {
    /** The model's id, a SHA-256. */
    readonly id: string;
    /** SHA-256 of the content of the rows that it was trained on, if it says. */
    readonly fingerprint?: string;
    /** Real rows that passed before it was used. */
    readonly realRows: number;
  }[];
  /** What the gate has decided of the last model, if there is a gate. */
  readonly gate?: GateVerdict;
  /** Windows of real rows that were unlike the training rows, if that was watched. */
  readonly drifts?: number;
  /** What a model of the real rows said of the classes of synthetic ones, if it was asked. */
  readonly agreed?: AgreedRows;
  /** Synthetic rows that were dropped because they were too close to training rows. */
  readonly rejected?: RejectedRows;
}

/** An outcome while it comes about. */
export type OutcomeSoFar = {
  -readonly [Key in keyof Outcome]: Outcome[Key] extends readonly (infer Item)[]
    ? Item[]
    : Outcome[Key];
};

export function emptyOutcome(): OutcomeSoFar {
  return { realRows: 0, syntheticRows: 0, replacedRows: 0, models: [] };
}

/** The outcome in a Parquet file's metadata, if it holds one. */
export function readOutcome(metadata: ReadonlyMap<string, string>): Outcome | undefined {
  try {
    return JSON.parse(metadata.get(outcomeKey) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}
