import { FormatError } from '../../errors.js';
import { maybeGunzip } from '../files/gunzip.js';
import { openFileRange } from '../files/range-reader.js';
import { createByteQueue } from '../ipc/byte-queue.js';
import { rangeChunks } from '../ipc/ranges.js';
import { elementArray, type TensorElement, type TensorValues } from '../tensor/elements.js';
import { headerBytes, type NiftiHeader, readNiftiHeader } from './header.js';

/** A volume in memory. */
export interface NiftiVolume {
  readonly name: string;
  readonly header: NiftiHeader;
  /** What the numbers are: the file's own, or float32 where the header scales them. */
  readonly element: TensorElement;
  /** Numbers in the order of the file. */
  readonly values: TensorValues;
}

/**
 * Reads a NIfTI-1 volume, compressed with gzip or not.
 *
 * @throws FileError if it cannot be read; FormatError if it is none, or cut short.
 */
export async function readNiftiVolume(path: string): Promise<NiftiVolume> {
  const reader = await openFileRange(path);
  try {
    const { name } = reader;
    const queue = createByteQueue(maybeGunzip(rangeChunks(reader), name));
    const header = readNiftiHeader(await queue.peek(headerBytes), name);
    const { shape, element, offset, slope, intercept } = header;
    const count = shape[0] * shape[1] * shape[2];
    const wanted = count * bytesOf(element);
    await queue.take(offset);
    const bytes = await queue.take(wanted);
    if (bytes.length < wanted) {
      throw new FormatError(
        `NIfTI file is cut short: ${name} (it says ${shape.join(' × ')} voxels of ${element}). Copy it again`,
      );
    }
    const values = numbersOf(bytes, header);
    if (slope === 1 && intercept === 0) return { name, header, element, values };
    const scaled = Float32Array.from(values as Float32Array, (value) => slope * value + intercept);
    return { name, header, element: 'float32', values: scaled };
  } finally {
    await reader.close();
  }
}

/** Bytes of one number. */
export function bytesOf(element: TensorElement): number {
  return new (elementArray(element))(0).BYTES_PER_ELEMENT;
}

/** The bytes as numbers of their type, turned round where the file has them the other way. */
function numbersOf(bytes: Uint8Array, { element, isLittleEndian }: NiftiHeader): TensorValues {
  const size = bytesOf(element);
  const values = new (elementArray(element))(bytes.length / size);
  const own = new Uint8Array(values.buffer);
  own.set(bytes);
  if (!isLittleEndian && size > 1) {
    for (let at = 0; at < own.length; at += size) own.subarray(at, at + size).reverse();
  }
  return values;
}
