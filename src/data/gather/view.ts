import { Data, type DataType } from 'apache-arrow';
import type { RunList } from './runs.js';

const bytesOfView = 16;
const inlineBytes = 12;

/** Buffers of a column of string or binary views. */
export interface GatheredViews {
  readonly views: Uint8Array;
  readonly variadicBuffers: Uint8Array[];
}

/** Copies the 16-byte views and points them into the sources' data buffers, which are shared. */
export function gatherViews(
  sources: readonly Data[],
  { count, rows, sources: numbers, starts, lengths }: RunList,
): GatheredViews {
  const views = new Uint8Array(rows * bytesOfView);
  const view = new DataView(views.buffer);
  const variadicBuffers: Uint8Array[] = [];
  const firstBuffer = new Map<Data, number>();
  let position = 0;
  for (let run = 0; run < count; run++) {
    const source = sources[numbers[run] as number] as Data;
    if (!firstBuffer.has(source)) {
      firstBuffer.set(source, variadicBuffers.length);
      variadicBuffers.push(...source.variadicBuffers);
    }
    const shift = firstBuffer.get(source) as number;
    const from = (starts[run] as number) * bytesOfView;
    const length = (lengths[run] as number) * bytesOfView;
    views.set(source.values.subarray(from, from + length), position);
    for (const end = position + length; position < end; position += bytesOfView) {
      const isInline = view.getInt32(position, true) <= inlineBytes;
      if (!isInline) view.setInt32(position + 8, view.getInt32(position + 8, true) + shift, true);
    }
  }
  return { views, variadicBuffers };
}

/** The bytes that a view column holds in a row, which must not be null; shared, not copied. */
export function bytesAt({ values, variadicBuffers }: Data, row: number): Uint8Array {
  const start = row * bytesOfView;
  const view = new DataView(values.buffer, values.byteOffset + start, bytesOfView);
  const length = view.getInt32(0, true);
  if (length <= inlineBytes) return values.subarray(start + 4, start + 4 + length);
  const at = view.getInt32(12, true);
  return (variadicBuffers[view.getInt32(8, true)] as Uint8Array).subarray(at, at + length);
}

/** Reads rows of a column of text views; what is null is any text. */
export function viewTextReader({ values, variadicBuffers }: Data): (row: number) => string {
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  const inline = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  const buffers = variadicBuffers.map(({ buffer, byteOffset, byteLength }) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );
  return (row) => {
    const at = row * bytesOfView;
    const length = view.getInt32(at, true);
    if (length <= inlineBytes) return inline.toString('utf8', at + 4, at + 4 + length);
    const start = view.getInt32(at + 12, true);
    return buffers[view.getInt32(at + 8, true)]?.toString('utf8', start, start + length) ?? '';
  };
}

/** Plain text or bytes, with offsets of 32 bits, as views of a type into them. */
export function asViews(
  type: DataType,
  { length, nullCount, nullBitmap, valueOffsets, values }: Data,
): Data {
  const views = new Uint8Array(length * bytesOfView);
  const view = new DataView(views.buffer);
  for (let row = 0; row < length; row++) {
    const [start, end] = [valueOffsets[row] as number, valueOffsets[row + 1] as number];
    const [at, size] = [row * bytesOfView, end - start];
    const isInline = size <= inlineBytes;
    view.setInt32(at, size, true);
    views.set(values.subarray(start, isInline ? end : start + 4), at + 4);
    if (!isInline) view.setInt32(at + 12, start, true);
  }
  const buffers = [undefined, views, nullBitmap] as never;
  return new Data(type, 0, length, nullCount, buffers, undefined, undefined, [values]);
}
