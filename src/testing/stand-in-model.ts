import { createHash } from 'node:crypto';
import type { RecordBatch, Schema } from 'apache-arrow';
import { concatenateBatches, gatherRuns } from '../data/batches/interleave.js';
import { fingerprintRows } from '../data/content/fingerprint.js';
import { describeType } from '../data/schema/describe.js';
import { InvalidOptionError } from '../errors.js';
import { formatVersion, type Manifest, manifestFormat } from '../gan/model/manifest.js';
import type { Model } from '../gan/model/model.js';
import { createRandom } from '../random.js';
import { version } from '../version.js';
import { type BatchesInput, batchesIn } from './batches-input.js';

/** How a stand-in makes its rows. */
export interface StandInOptions {
  /** Rows that are made at once. Default 16. */
  readonly chunkRows?: number | undefined;
}

/**
 * A model that needed no training: its synthetic rows are the given rows, drawn at random with
 * replacement. It is for tests of streams, of columns of every type; what is made says nothing about
 * quality, and keeps nothing private.
 *
 * The same seed and partition give the same rows, and other ones other rows, as with a trained model.
 * It cannot be saved, and takes no `where` and no `balance`.
 *
 * @param rows At least one row, of the columns that the streams will have.
 * @throws InvalidOptionError where there is no row, or `chunkRows` is no positive whole number.
 */
export function standInModel(rows: BatchesInput, { chunkRows = 16 }: StandInOptions = {}): Model {
  const batches = batchesIn(rows, 'rows');
  const schema = batches[0]?.schema;
  const count = batches.reduce((sum, { numRows }) => sum + numRows, 0);
  if (!schema || count === 0) {
    throw new InvalidOptionError('a stand-in model needs at least one row: 0');
  }
  if (!(Number.isSafeInteger(chunkRows) && chunkRows > 0)) {
    throw new InvalidOptionError(`chunkRows must be a positive whole number: ${chunkRows}`);
  }
  const all = concatenateBatches(schema, batches);
  const manifest = describeStandIn(schema, all, chunkRows);
  return {
    id: createHash('sha256').update(JSON.stringify(manifest)).digest('hex'),
    manifest,
    schema,
    encoders: [],
    generator: new Uint8Array(),
    openRows({ seed, partition }) {
      const stream = createRandom(seed).fork('stand-in', partition);
      let index = 0;
      return {
        async next() {
          const random = stream.fork('chunk', index++);
          const runs = Array.from({ length: chunkRows }, () => ({
            source: 0,
            start: random.integer(count),
            length: 1,
          }));
          return gatherRuns(schema, [all], runs);
        },
        dispose: async () => {},
      };
    },
  };
}

function describeStandIn(schema: Schema, rows: RecordBatch, chunkRows: number): Manifest {
  return {
    format: manifestFormat,
    formatVersion,
    version,
    recipe: { name: 'stand-in', options: {} },
    training: {
      rows: rows.numRows,
      steps: 0,
      seed: '0',
      engine: 'none',
      fingerprint: fingerprintRows(schema, [rows]),
    },
    columns: schema.fields.map(({ name, type, nullable }) => ({
      name,
      type: describeType(type),
      nullable,
      encoder: 'copy',
    })),
    schema: '',
    encoders: [],
    generator: { file: '', sha256: '', rows: chunkRows },
  };
}
