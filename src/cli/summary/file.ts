import { provenanceKey, readProvenance } from '../../augment/provenance.js';
import { inspectFile } from '../../data/inspect.js';

/** What a data file says of itself, and how it was augmented. */
export async function describeFile(path: string, signal: AbortSignal) {
  const summary = await inspectFile(path, { signal });
  const augmentations = readProvenance(new Map(Object.entries(summary.metadata)));
  if (augmentations.length === 0) return summary;
  const { [provenanceKey]: _, ...metadata } = summary.metadata;
  return { ...summary, metadata, augmentations };
}
