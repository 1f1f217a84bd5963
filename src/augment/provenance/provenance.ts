import type { Schema } from 'apache-arrow';
import { withMetadata } from '../../data/schema/schema.js';
import type { Conditions } from '../../gan/conditions/options.js';
import type { Model } from '../../gan/model/model.js';
import { type Translation, translationOf } from '../../gan/sampling/translation.js';
import type { PrivacyTarget } from '../../privacy/budget.js';
import { describeSeed, type Seed } from '../../random.js';
import { version } from '../../version.js';
import type { GateVerdict } from '../gate/verdict.js';
import type { RatioOption } from '../options/ratio.js';
import { outcomeKey } from './outcome.js';

/** Key of the schema metadata that says how the data was augmented. */
export const provenanceKey = 'gan-augment';

/** One augmentation that the data went through. */
export interface Provenance {
  /** Version of gan-augment. */
  readonly version: string;
  /**
   * The model's id, a SHA-256; null where it was trained while the data went by, and was not known
   * when this was written. The outcome in a Parquet file's metadata names it then.
   */
  readonly model: string | null;
  /** Name of the recipe; null where the model was not known yet. */
  readonly recipe: string | null;
  /**
   * What of its training rows the model holds, and its rows are made of: 'training rows' for copies of
   * them and for rows that lie between them, 'column values'; absent for a trained network.
   */
  readonly holds?: string;
  /**
   * The differential privacy that the model promises of its training rows, and that synthetic rows have of
   * it; absent where none is promised. Real rows beside them are no part of it.
   */
  readonly privacy?: PrivacyTarget;
  /** Share of the output rows that is synthetic, or one for each class. */
  readonly ratio: RatioOption;
  /** The seed as text: 7, 7n or "7". */
  readonly seed: string;
  /** Number of this part of a bigger job. */
  readonly partition: number;
  /** Whether synthetic rows were added, or took the place of real ones. */
  readonly mode: 'append' | 'replace';
  /** Whether synthetic rows follow the real one that makes them due, or a batch's end. */
  readonly placement: 'interleave' | 'append';
  /** Synthetic rows in all, at most, where there is a limit. */
  readonly limit?: number;
  /** SHA-256 of the content of the rows that the model was trained on, if the model says. */
  readonly fingerprint?: string;
  /** What the synthetic rows were to be like; cells that JSON does not have are texts. */
  readonly where?: Readonly<Record<string, unknown>>;
  /**
   * Where synthetic rows are real ones with one tensor made anew: the column that was read and the one
   * that was made; or the column, and the domain that it was translated from and to.
   */
  readonly derived?: Translation;
  /** The column whose levels were to be made equally frequent. */
  readonly balance?: unknown;
  /** What the gate has decided, if there was one and it was known when this was written. */
  readonly gate?: GateVerdict;
  /** Where there was a clock: when the stream was opened, in UTC, as ISO 8601. */
  readonly time?: string;
}

/** The options that the metadata tells of. */
interface Described {
  readonly ratio: RatioOption;
  readonly seed?: Seed | undefined;
  readonly partition?: number | undefined;
  readonly mode?: Provenance['mode'] | undefined;
  readonly placement?: Provenance['placement'] | undefined;
  readonly limit?: number | undefined;
  readonly clock?: (() => Date) | undefined;
  readonly conditions?: Conditions | undefined;
}

/** The schema with one more entry in its list of augmentations; the fields are the same objects. */
export function withProvenance(
  schema: Schema,
  model: Model | undefined,
  options: Described,
  gate?: GateVerdict,
): Schema {
  const { ratio, seed = 0, partition = 0, mode = 'append', placement = 'interleave' } = options;
  const { limit = Number.POSITIVE_INFINITY, conditions, clock } = options;
  // JSON leaves out what is undefined.
  const entry: { [Key in keyof Provenance]: Provenance[Key] | undefined } = {
    version,
    model: model?.id ?? null,
    recipe: model?.manifest.recipe.name ?? null,
    holds: model?.manifest.generator.holds,
    privacy: model && promiseOf(model),
    ratio,
    seed: describeSeed(seed),
    partition,
    mode,
    placement,
    limit: Number.isFinite(limit) ? limit : undefined,
    fingerprint: model?.manifest.training.fingerprint,
    where: conditions?.where,
    derived: model && translationOf(model),
    balance: conditions?.balance,
    gate,
    time: clock?.().toISOString(),
  };
  const entries = [...readProvenance(schema.metadata), entry];
  const asText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
  const described = withMetadata(schema, { [provenanceKey]: JSON.stringify(entries, asText) });
  // What came of an earlier augmentation is not what comes of this one.
  described.metadata.delete(outcomeKey);
  return described;
}

function promiseOf({ manifest }: Model): PrivacyTarget | undefined {
  const { privacy } = manifest.training;
  return privacy && { epsilon: privacy.epsilon, delta: privacy.delta };
}

/** The augmentations that data with this metadata went through, first to last. */
export function readProvenance(metadata: ReadonlyMap<string, string>): Provenance[] {
  try {
    const entries: unknown = JSON.parse(metadata.get(provenanceKey) ?? '[]');
    return Array.isArray(entries) ? entries : [];
  } catch {
    return [];
  }
}
