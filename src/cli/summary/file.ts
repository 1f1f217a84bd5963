import { type Outcome, outcomeKey, readOutcome } from '../../augment/provenance/outcome.js';
import { provenanceKey, readProvenance } from '../../augment/provenance/provenance.js';
import { inspectDataset } from '../../data/dataset/inspect.js';
import { isDataset } from '../../data/dataset/list-files.js';
import { inspectFile } from '../../data/inspect.js';

/** What a data file, or a dataset of many, says of itself, and how it was augmented. */
export async function describeFile(path: string, signal: AbortSignal) {
  const inspect = (await isDataset(path)) ? inspectDataset : inspectFile;
  const summary = await inspect(path, { signal });
  const augmentations = readProvenance(new Map(Object.entries(summary.metadata)));
  if (augmentations.length === 0) return summary;
  const outcome = readOutcome(new Map(Object.entries(summary.metadata)));
  const { [provenanceKey]: _, [outcomeKey]: __, ...metadata } = summary.metadata;
  return { ...summary, metadata, augmentations, ...(outcome && { outcome: counts(outcome) }) };
}

/** What was counted; models that were trained on the way are only named where there are several. */
function counts({ models, replacedRows, ...rows }: Outcome) {
  return {
    ...rows,
    ...(replacedRows > 0 ? { replacedRows } : {}),
    ...(models.length > 1 || models[0]?.realRows ? { models } : {}),
  };
}
