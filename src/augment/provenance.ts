import type { Schema } from 'apache-arrow';
import { withMetadata } from '../data/schema.js';
import type { Model } from '../gan/model/model.js';
import { describeSeed, type Seed } from '../random.js';
import { version } from '../version.js';
import type { RatioOption } from './shares.js';

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
  readonly recipe: string | null;
  readonly ratio: RatioOption;
  /** The seed as text: 7, 7n or "7". */
  readonly seed: string;
  readonly partition: number;
}

/** The options that the metadata tells of. */
interface Described {
  readonly ratio: RatioOption;
  readonly seed?: Seed | undefined;
  readonly partition?: number | undefined;
}

/** The schema with one more entry in its list of augmentations; the fields are the same objects. */
export function withProvenance(
  schema: Schema,
  model: Model | undefined,
  { ratio, seed = 0, partition = 0 }: Described,
): Schema {
  const entry: Provenance = {
    version,
    model: model?.id ?? null,
    recipe: model?.manifest.recipe.name ?? null,
    ratio,
    seed: describeSeed(seed),
    partition,
  };
  const entries = [...readProvenance(schema.metadata), entry];
  return withMetadata(schema, { [provenanceKey]: JSON.stringify(entries) });
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
