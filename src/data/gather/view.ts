import type { Data } from 'apache-arrow';
import { countRows, type Run, sourceOf } from './runs.js';

const viewBytes = 16;
const inlineBytes = 12;

/** Buffers of a column of string or binary views. */
export interface GatheredViews {
  readonly views: Uint8Array;
  readonly variadicBuffers: Uint8Array[];
}

/** Copies the 16-byte views and points them into the sources' data buffers, which are shared. */
export function gatherViews(sources: readonly Data[], runs: readonly Run[]): GatheredViews {
  const views = new Uint8Array(countRows(runs) * viewBytes);
  const view = new DataView(views.buffer);
  const variadicBuffers: Uint8Array[] = [];
  const firstBuffer = new Map<Data, number>();
  let position = 0;
  for (const run of runs) {
    const source = sourceOf(sources, run);
    if (!firstBuffer.has(source)) {
      firstBuffer.set(source, variadicBuffers.length);
      variadicBuffers.push(...source.variadicBuffers);
    }
    const shift = firstBuffer.get(source) as number;
    const from = run.start * viewBytes;
    views.set(source.values.subarray(from, from + run.length * viewBytes), position);
    for (const end = position + run.length * viewBytes; position < end; position += viewBytes) {
      const isInline = view.getInt32(position, true) <= inlineBytes;
      if (!isInline) view.setInt32(position + 8, view.getInt32(position + 8, true) + shift, true);
    }
  }
  return { views, variadicBuffers };
}
