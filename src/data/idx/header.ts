import { FormatError } from '../../errors.js';
import type { TensorElement } from '../tensor/elements.js';
import { tensorSize } from '../tensor/layout.js';

/** What an IDX file holds: rows of numbers, or of tensors of numbers. */
export interface IdxHeader {
  readonly element: TensorElement;
  readonly rows: number;
  /** Shape of one row; empty for one number a row. */
  readonly shape: readonly number[];
  /** Bytes of the header itself. */
  readonly bytes: number;
  /** Bytes of one row. */
  readonly rowBytes: number;
}

const elements: Readonly<Record<number, readonly [TensorElement, bytes: number]>> = {
  8: ['uint8', 1],
  9: ['int8', 1],
  11: ['int16', 2],
  12: ['int32', 4],
  13: ['float32', 4],
  14: ['float64', 8],
};

/** Bytes that hold any header. */
export const mostHeaderBytes = 4 + 255 * 4;

const mostRowBytes = 2 ** 31 - 1;

/**
 * The header at the start of an IDX file.
 *
 * @param name names the file in messages.
 * @throws FormatError if there is none, or what it says cannot be.
 */
export function readIdxHeader(head: Uint8Array, name: string): IdxHeader {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const [element, width = 0] = elements[bytes[2] ?? 0] ?? [];
  const dimensions = bytes[3] ?? 0;
  if (bytes[0] !== 0 || bytes[1] !== 0 || !element || dimensions === 0) {
    throw new FormatError(
      `file is no IDX file: ${name} (it starts with ${bytes.toString('hex', 0, 4)}). Check the path`,
    );
  }
  if (bytes.length < 4 + 4 * dimensions) {
    throw new FormatError(
      `IDX file is cut short: ${name} (its header has ${bytes.length} bytes of ${4 + 4 * dimensions}). Copy it again`,
    );
  }
  const [rows = 0, ...shape] = Array.from({ length: dimensions }, (_, k) =>
    bytes.readUInt32BE(4 + 4 * k),
  );
  const rowBytes = tensorSize(shape) * width;
  if (rowBytes === 0 || rowBytes > mostRowBytes) {
    throw new FormatError(
      `IDX file has rows that cannot be read: ${name} (shape [${shape}]). It may be damaged: copy it again`,
    );
  }
  return { element, rows, shape, bytes: 4 + 4 * dimensions, rowBytes };
}
