import {
  Field,
  Float64,
  Int32,
  type RecordBatch,
  Schema,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { readTogether } from '../../../src/columns/read.js';
import { makeBatch } from '../../../src/data/batches/batch.js';
import { concatenateBatches } from '../../../src/data/batches/interleave.js';
import { groupSequenceBatches } from '../../../src/data/sequences/group.js';
import type { SequenceRows } from '../../../src/evaluate/sequence/compared-sequences.js';
import { createRandom } from '../../../src/random.js';
import { collect } from '../../data/support/arbitrary-batches.js';

const schema = new Schema([
  new Field('device', new Int32(), false),
  new Field('kind', new Utf8(), false),
  new Field('time', new Int32(), false),
  new Field('wave', new Float64(), true),
  new Field('level', new Float64(), false),
  new Field('state', new Utf8(), false),
]);

/** What is wrong with synthetic events; nothing by default. */
export interface WaveFaults {
  /** Whether steps of a sequence come in random order. */
  readonly isShuffled?: boolean;
  /** Numbers of the first device, given to others too. */
  readonly areCopies?: boolean;
}

/**
 * A long table of devices: 5 to 8 events of each, by the hour. Fast devices have a wave of four steps, slow
 * ones one of sixteen; `level` follows the wave, and the state says whether it rises.
 */
export function waveEvents(devices: number, seed: number, faults: WaveFaults = {}): RecordBatch {
  const random = createRandom(seed).fork('waves');
  const rows: unknown[][] = [];
  for (let device = 0; device < devices; device++) {
    const kind = device % 2 === 0 ? 'fast' : 'slow';
    const phase = random.uniform() * 2 * Math.PI;
    const length = 5 + random.integer(4);
    const period = kind === 'fast' ? 4 : 16;
    const at = (step: number) => Math.sin(phase + (2 * Math.PI * step) / period);
    const places = Array.from({ length }, (_, step) => step);
    if (faults.isShuffled) places.sort(() => random.uniform() - 0.5);
    places.forEach((place, step) => {
      const wave = random.uniform() < 0.05 ? null : at(place);
      const level = 10 + 3 * at(place) + 0.1 * random.normal();
      rows.push([device, kind, step, wave, level, at(place + 1) > at(place) ? 'up' : 'down']);
    });
  }
  const columns = schema.fields.map(
    ({ type }, column) =>
      vectorFromArray(rows.map((row) => row[column]) as never[], type as never).data[0],
  );
  return makeBatch(schema, columns as never, rows.length);
}

/** The same as rows of sequences. */
export async function waveSequences(
  devices: number,
  seed: number,
  faults: WaveFaults = {},
): Promise<RecordBatch> {
  const batches = await collect(
    groupSequenceBatches(waveEvents(devices, seed, faults), {
      by: 'device',
      orderBy: 'time',
      attributes: ['kind'],
    }),
  );
  return concatenateBatches((batches[0] as RecordBatch).schema, batches);
}

/** Tables of sequences, read together. */
export async function readWaves(
  tables: Readonly<Record<'real' | 'synthetic' | 'holdout', Promise<RecordBatch>>>,
): Promise<Record<'real' | 'synthetic' | 'holdout', SequenceRows>> {
  const { rows } = readTogether({
    real: await tables.real,
    synthetic: await tables.synthetic,
    holdout: await tables.holdout,
  });
  return rows as unknown as Record<'real' | 'synthetic' | 'holdout', SequenceRows>;
}
