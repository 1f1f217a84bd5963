import { sizeOf } from '../tensor.js';

/** Element types inside a graph; int64 holds shapes and axes. */
export type ValueType = 'float32' | 'int32' | 'bool' | 'int64';

/** A value in the graph: a graph input, a constant or a node's output. */
export interface Value {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: ValueType;
  /** Set for constants. */
  readonly constant?: ConstantValues;
  /**
   * Set when this value is `core` repeated to `shape`. Element-wise operators work on the core,
   * so that a broadcast is written out only for an operator that needs all of it.
   */
  readonly core?: Value;
}

export type ConstantValues = Float32Array | Int32Array | Uint8Array | BigInt64Array;

/** An operator's attribute, tagged with its ONNX type. */
export type Attribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly graph: Body };

/** A graph inside a node; it also sees the values around the node. */
export interface Body {
  readonly inputs: readonly Value[];
  readonly nodes: readonly Node[];
  readonly outputs: readonly Value[];
}

export interface Node {
  readonly operator: string;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A graph under construction. Equal constants and equal nodes are shared. */
export interface Graph {
  readonly nodes: Node[];
  readonly inputs: Value[];
  input(name: string, shape: readonly number[], dtype: ValueType): Value;
  /** `name` keeps a constant, such as a trained weight, apart from others of equal content. */
  constant(
    values: ConstantValues,
    shape: readonly number[],
    dtype: ValueType,
    name?: string,
  ): Value;
  node(
    operator: string,
    inputs: readonly Value[],
    output: { shape: readonly number[]; dtype: ValueType },
    attributes?: Readonly<Record<string, Attribute>>,
  ): Value;
}

/** Names that start with # are the graph's own; inputs and outputs have others. */
export function createGraph(): Graph {
  const nodes: Node[] = [];
  const inputs: Value[] = [];
  let constants = 0;
  const shared = new Map<string, Value>();

  const share = (key: string, create: () => Value): Value => {
    const known = shared.get(key);
    if (known) return known;
    const value = create();
    shared.set(key, value);
    return value;
  };

  return {
    nodes,
    inputs,
    input(name, shape, dtype) {
      const value = { name, shape, dtype };
      inputs.push(value);
      return value;
    },
    constant(values, shape, dtype, name) {
      const create = () => ({
        name: name ?? `#constant${constants++}`,
        shape,
        dtype,
        constant: values,
      });
      // Long constants are rarely equal, and comparing them costs more than a copy; but positions
      // are equal wherever the same image is read in the same way.
      const longest = dtype === 'int64' ? 4096 : 64;
      return name === undefined && values.length <= longest
        ? share(`${dtype}[${shape}]=${Array.from(values, exactly)}`, create)
        : create();
    },
    node(operator, operands, { shape, dtype }, attributes = {}) {
      const whole = operands.map((operand) => materialize(this, operand));
      const names = whole.map(({ name }) => name);
      const key = `${operator}(${names})${JSON.stringify(attributes)}:${dtype}[${shape}]`;
      return share(key, () => {
        const value = { name: `#${nodes.length}`, shape, dtype };
        nodes.push({ operator, inputs: whole, outputs: [value], attributes });
        return value;
      });
    },
  };
}

/** -0 and 0 are different constants. */
function exactly(value: number | bigint): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** A constant of whole numbers for an operator that takes shapes, axes or positions as inputs. */
export function int64s(graph: Graph, values: readonly number[]): Value {
  return graph.constant(BigInt64Array.from(values, BigInt), [values.length], 'int64');
}

const single: Record<ValueType, (value: number) => ConstantValues> = {
  float32: (value) => Float32Array.of(value),
  int32: (value) => Int32Array.of(value),
  int64: (value) => BigInt64Array.of(BigInt(value)),
  bool: (value) => Uint8Array.of(value),
};

/** A single number. */
export function scalar(graph: Graph, value: number, dtype: ValueType = 'float32'): Value {
  return graph.constant(single[dtype](value), [], dtype);
}

/** `value` repeated to `shape`, written out only where needed. */
export function broadcast(value: Value, shape: readonly number[]): Value {
  if (sameShape(value.shape, shape)) return value;
  const core = value.core ?? value;
  return { name: `${core.name} repeated to [${shape}]`, shape, dtype: value.dtype, core };
}

/** The same value with every element in memory. */
export function materialize(graph: Graph, value: Value): Value {
  if (!value.core) return value;
  return graph.node('Expand', [value.core, int64s(graph, value.shape)], value);
}

/** The number that every element of the value is known to be, if it is known. */
export function uniformOf(value: Value): number | undefined {
  const { constant, shape } = value.core ?? value;
  return constant && sizeOf(shape) === 1 ? Number(constant[0]) : undefined;
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((dimension, axis) => dimension === b[axis]);
}
