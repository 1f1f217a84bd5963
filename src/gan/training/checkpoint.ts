import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { type HostTensors, sizeOf } from '../../compute/tensor.js';
import { ModelError } from '../../errors.js';

/** A point of a training that can be gone on from, to the same bits as without a stop. */
export interface Checkpoint {
  /** Steps that are made. */
  readonly step: number;
  readonly state: HostTensors;
  /** Times that training was rolled back. */
  readonly rollbacks: number;
  /** The best state so far, if states are scored. */
  readonly best?: Best | undefined;
  /** Scores since then. */
  readonly since: number;
}

export interface Best {
  readonly step: number;
  /** The highest so far: the state's own may be lower by its noise. */
  readonly score: number;
  readonly state: HostTensors;
}

const magic = 'gan-augment-checkpoint-1\n';

interface Header {
  readonly key: string;
  readonly step: number;
  readonly rollbacks: number;
  readonly since: number;
  readonly best?: { readonly step: number; readonly score: number } | undefined;
  readonly tensors: readonly { part: 'state' | 'best'; name: string; shape: readonly number[] }[];
}

/**
 * A checkpoint as bytes: a line that says what it is, the SHA-256 of what follows, a line of JSON,
 * and the tensors' float32 numbers, little-endian, one after the other.
 *
 * @param key Of the training: one with another key cannot go on from it.
 */
export function packCheckpoint(checkpoint: Checkpoint, key: string): Uint8Array {
  const { step, rollbacks, since, best, state } = checkpoint;
  const parts = [
    ...Object.entries(state).map(([name, tensor]) => ({ part: 'state' as const, name, tensor })),
    ...Object.entries(best?.state ?? {}).map(([name, tensor]) => ({
      part: 'best' as const,
      name,
      tensor,
    })),
  ];
  const body = Buffer.concat(
    parts.map(({ tensor: { values } }) =>
      Buffer.from(values.buffer, values.byteOffset, values.byteLength),
    ),
  );
  const header: Header = {
    key,
    step,
    rollbacks,
    since,
    best: best && { step: best.step, score: best.score },
    tensors: parts.map(({ part, name, tensor }) => ({ part, name, shape: tensor.shape })),
  };
  const content = Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), body]);
  return Buffer.concat([Buffer.from(magic), Buffer.from(`${digestOf(content)}\n`), content]);
}

/**
 * Reads what `packCheckpoint` wrote.
 *
 * @param where Names it in errors.
 * @throws ModelError when it is damaged, or of another training.
 */
export function unpackCheckpoint(bytes: Uint8Array, key: string, where: string): Checkpoint {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.toString('utf8', 0, magic.length) !== magic) {
    throw new ModelError(`${where} is not a checkpoint of this version. Start anew without it`);
  }
  const start = magic.length + digestLength + 1;
  const content = all.subarray(start);
  const end = content.indexOf('\n');
  if (all.toString('utf8', magic.length, start) !== `${digestOf(content)}\n` || end < 0) {
    throw new ModelError(`${where} is damaged: ${all.length} bytes. Start anew without it`);
  }
  const header = JSON.parse(content.toString('utf8', 0, end)) as Header;
  if (header.key !== key) {
    throw new ModelError(
      `${where} is the checkpoint of another training: rows, recipe, seed or engine differ. ` +
        'Use the same options, or another file',
    );
  }
  const body = content.subarray(end + 1);
  const { step, rollbacks, since, best } = header;
  const tensors = { state: {} as HostTensors, best: {} as HostTensors };
  let at = 0;
  for (const { part, name, shape } of header.tensors) {
    const size = 4 * sizeOf(shape);
    // A copy begins at a multiple of four.
    const values = new Float32Array(new Uint8Array(body.subarray(at, at + size)).buffer);
    tensors[part][name] = { shape, dtype: 'float32', values };
    at += size;
  }
  return {
    step,
    rollbacks,
    since,
    state: tensors.state,
    best: best && { ...best, state: tensors.best },
  };
}

/** Characters of a digest. */
const digestLength = 64;

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
