import type { RecordBatch, Schema } from 'apache-arrow';
import type { Model } from '../../gan/model/model.js';
import type { FitStarted } from '../events.js';
import type { AugmentOptions } from '../options.js';
import type { Report } from '../report.js';
import { createShares, type Shares } from '../shares.js';
import type { AugmentTools } from '../tools.js';

/** A model, and how it is to be used. */
export interface Prepared {
  readonly model: Model;
  readonly shares: Shares;
}

/** What a model is trained with, and who is told. */
export interface Preparation {
  readonly tools: AugmentTools;
  readonly schema: Schema;
  readonly options: AugmentOptions;
  readonly report: Report | undefined;
}

/** Reason of an abort: the stream has ended, and nobody needs the model. */
export const streamEnded = new Error('the stream has ended');

function whyStopped(error: unknown, { aborted, reason }: AbortSignal) {
  if (!aborted) return { reason: 'failed', error } as const;
  return { reason: reason === streamEnded ? 'stream-ended' : 'cancelled' } as const;
}

/** Trains a model on rows of the stream. */
export async function prepareModel(
  { tools, schema, options, report }: Preparation,
  batches: readonly RecordBatch[],
  cause: FitStarted['cause'],
  signal: AbortSignal,
): Promise<Prepared> {
  const { fit, seed } = options;
  const rows = batches.reduce((sum, { numRows }) => sum + numRows, 0);
  const onStep = report
    ? (step: Parameters<NonNullable<NonNullable<typeof fit>['onStep']>>[0]) => {
        fit?.onStep?.(step);
        report({ type: 'fit-step', ...step });
      }
    : fit?.onStep;
  report?.({ type: 'fit-started', cause, rows });
  try {
    const settings = { ...fit, seed: fit?.seed ?? seed, onStep };
    const model = await tools.fit(schema, batches, settings, signal);
    report?.({ type: 'fit-stopped', reason: 'done', model: model.id });
    return { model, shares: createShares(options.ratio) };
  } catch (error) {
    report?.({ type: 'fit-stopped', ...whyStopped(error, signal) });
    throw error;
  }
}
