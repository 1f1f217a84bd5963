import type { Data, RecordBatch } from 'apache-arrow';

/**
 * About how many bytes the rows of a batch take.
 *
 * Unlike `byteLength`, a slice counts for itself and not for the big batch that it is cut from.
 * Dictionaries do not count.
 */
export function estimateBytes(batch: RecordBatch): number {
  return batch.data.children.reduce((total, column) => total + dataBytes(column), 0);
}

function dataBytes({ length, values, valueOffsets, stride, children, typeIds }: Data): number {
  let bytes = length / 8 + (typeIds ? length : 0);
  let used = 1;
  if (valueOffsets) {
    bytes += length * valueOffsets.BYTES_PER_ELEMENT;
    const whole = children[0]?.length ?? values?.byteLength ?? 0;
    const span = length > 0 ? Number(valueOffsets[length]) - Number(valueOffsets[0]) : 0;
    // A dense union has one offset less than a list, and its children are used in any order.
    if (typeIds)
      used =
        length /
        Math.max(
          children.reduce((n, child) => n + child.length, 0),
          1,
        );
    else used = whole > 0 ? span / whole : 0;
    if (values) bytes += span;
  } else if (values) {
    bytes += Math.min(values.byteLength, length * values.BYTES_PER_ELEMENT * stride);
  }
  return bytes + used * children.reduce((total, child) => total + dataBytes(child), 0);
}
