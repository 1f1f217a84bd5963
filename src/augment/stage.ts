import type { RecordBatch, Schema } from 'apache-arrow';
import { setClosingMetadata } from '../data/files/closing-metadata.js';
import { inTurns } from '../data/in-turns.js';
import { checkConditionColumns } from '../gan/conditions/check-columns.js';
import { findSamplingPlace } from '../gan/sampling-place.js';
import { createRandom } from '../random.js';
import { watchDrift } from './drift/watch-drift.js';
import { findModel } from './find-model.js';
import { checkGateTarget, holdoutShare } from './fitting/gate-options.js';
import { holdOut } from './fitting/hold-out.js';
import { passWhileFitting } from './fitting/pass-while-fitting.js';
import { admit, type Preparation, type Prepared, prepareModel } from './fitting/prepare.js';
import { markedSchema } from './mixing/mark.js';
import { createMixer, type Mixer } from './mixing/mixer.js';
import type { Shares } from './mixing/shares.js';
import { type AugmentOptions, defaultFitRows } from './options.js';
import { createPlanner } from './plan/planner.js';
import { outcomeKey } from './provenance/outcome.js';
import { withProvenance } from './provenance/provenance.js';
import type { Run } from './run.js';
import { firstRows, type Held } from './stream/hold.js';
import { together, type Watcher } from './watcher.js';

/** How the batches of a stream are dealt with. */
export interface Stage {
  readonly mixer: Mixer;
  readonly watcher?: Watcher | undefined;
}

/** Rows that a model which is there already is judged by. */
const gateRows = 10_000;

/** Rows to hold back before the first one goes out; one batch is held in any case. */
export function rowsToHold({ model, fit, gate }: AugmentOptions, shares: Shares): number {
  if (shares.isZero || fit?.during === 'pass') return 0;
  if (model !== undefined) return gate ? gateRows : 0;
  return fit?.rows ?? defaultFitRows;
}

/** What the held rows are enough for: a mixer with its model, or one that gets it later. */
export async function openStage(run: Run, schema: Schema, held: Held): Promise<Stage> {
  const { tools, options, shares, outcome, report, signal } = run;
  const { mark, model, fit, gate } = options;
  // Refused before any training.
  if (mark !== undefined) markedSchema(schema, mark);
  if (!shares.isZero) await findSamplingPlace(options.sample ?? {}, 'sample.');
  if (model === undefined) checkConditionColumns(options, schema);
  if (shares.isZero) return { mixer: mixerWith(run, schema, schema) };
  if (gate) checkGateTarget(schema, options);
  const preparation = { tools, schema, options, outcome, report };
  if (model !== undefined) {
    const found = await findModel({ model }, schema, signal);
    const random = createRandom(options.seed ?? 0).fork('holdout');
    const judging = firstRows(held.batches, gateRows);
    const rows = await inTurns(holdOut(judging, holdoutShare(options), random), signal);
    return mixFrom(run, preparation, await admit(preparation, found, rows, undefined, signal));
  }
  if (fit?.during === 'pass') {
    createPlanner(schema, shares, options);
    const mixer = mixerWith(run, schema, withProvenance(schema, undefined, options));
    const passing = passWhileFitting(preparation, mixer, signal);
    return { mixer, watcher: together([passing, ...driftWatch(preparation, mixer, signal)]) };
  }
  // No model is trained for a stream too short to owe a synthetic row.
  if (held.ended && !isOwed(schema, held.batches, run))
    return { mixer: mixerWith(run, schema, schema) };
  const rows = firstRows(held.batches, fit?.rows ?? defaultFitRows);
  return mixFrom(run, preparation, await prepareModel(preparation, rows, 'start', signal));
}

async function mixFrom(run: Run, preparation: Preparation, prepared: Prepared): Promise<Stage> {
  const { schema } = preparation;
  const { model, ratio, gate } = prepared;
  const described = withProvenance(schema, model, { ...run.options, ratio }, gate);
  const mixer = mixerWith(run, schema, described);
  await mixer.use(prepared);
  return { mixer, watcher: together(driftWatch(preparation, mixer, run.signal)) };
}

function driftWatch(preparation: Preparation, mixer: Mixer, signal: AbortSignal): Watcher[] {
  const { drift } = preparation.options;
  return drift ? [watchDrift(drift, preparation, mixer, signal)] : [];
}

/** A mixer whose batches have the described schema, with the mark if there is one. */
function mixerWith(run: Run, input: Schema, described: Schema): Mixer {
  const { tools, options, outcome, report } = run;
  const output = options.mark === undefined ? described : markedSchema(described, options.mark);
  if (described !== input) {
    setClosingMetadata(output, () => ({ [outcomeKey]: JSON.stringify(outcome) }));
  }
  return createMixer({ tools, input, output, options, outcome, report });
}

function isOwed(
  schema: Schema,
  batches: readonly RecordBatch[],
  { shares, options }: Run,
): boolean {
  const plan = createPlanner(schema, shares, options);
  return batches.some((batch) => [...plan(batch)].some(({ due }) => due > 0));
}
