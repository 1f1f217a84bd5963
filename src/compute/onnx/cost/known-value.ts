/** What is known of a value before a graph runs. */
export interface KnownValue {
  readonly shape: readonly number[];
  /** Bytes of an element. */
  readonly bytes: number;
  /** The whole numbers in it, of a short one that is known, such as a shape. */
  readonly values?: readonly number[] | undefined;
  /** Whether it depends on no input: then it is computed when the graph is loaded, and stays. */
  readonly isConstant: boolean;
}

/** Why a graph is refused. */
export class RefusedGraph extends Error {}

/** Bytes of an element, by the number that ONNX has for its type. */
const bytesOfType: Readonly<Record<number, number>> = { 1: 4, 6: 4, 7: 8, 9: 1 };

/**
 * Bytes of an element.
 *
 * @throws RefusedGraph for a type other than float32, int32, int64 and bool.
 */
export function elementBytes(type: number): number {
  const bytes = bytesOfType[type];
  if (bytes !== undefined) return bytes;
  throw new RefusedGraph(`it has numbers of the type ${type}`);
}

/**
 * The shape that two are broadcast to, as by NumPy.
 *
 * @throws RefusedGraph where they do not fit.
 */
export function broadcastShapes(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, k) => {
    const [x, y] = [a[k + a.length - rank] ?? 1, b[k + b.length - rank] ?? 1];
    if (x !== y && x !== 1 && y !== 1) throw new RefusedGraph(`[${a}] and [${b}] do not fit`);
    return x === 1 ? y : x;
  });
}
