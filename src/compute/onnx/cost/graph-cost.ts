import type { GraphProto, NodeProto, TensorProto } from 'onnx-buf';
import { sizeOf, type TensorSpecs } from '../../tensor.js';
import { type Inferred, inferences } from './infer-shape.js';
import { elementBytes, type KnownValue, RefusedGraph } from './known-value.js';

/** What running a graph once takes, at most, as far as can be told before. */
export interface GraphCost {
  /** Bytes of values that are in memory at the same time; not of constants in the file. */
  readonly bytes: number;
  /** In multiplications of a matrix product. */
  readonly work: number;
  readonly nodes: number;
}

/** Bounds on graphs from outside. A fresh thread does about 75 multiplications of a product in 1 ns. */
const bounds: GraphCost = { bytes: 300 * 2 ** 20, work: 2 ** 36, nodes: 20_000 };

/** Said where somebody may well have trained such a model. */
const remedy = '. One whose signature is verified may take more: sign it, and load it by its key';

/** Numbers of a constant that are followed as a shape, at most. */
const mostValues = 64;

/**
 * Why a graph costs too much to be run, if it does, by the shapes of all values, which are inferred
 * before anything runs; also where a shape is not known before. Operators are to have been checked.
 *
 * @param inputs Shapes of a run.
 */
export function costProblem(graph: GraphProto, inputs: TensorSpecs): string | undefined {
  try {
    const { bytes, work, nodes } = costOf(graph, inputs);
    if (nodes > bounds.nodes)
      return `it has ${nodes} operators, and may have ${bounds.nodes}${remedy}`;
    if (bytes > bounds.bytes) {
      return `one run takes ${inMiB(bytes)} MiB, and may take ${inMiB(bounds.bytes)}${remedy}`;
    }
    if (work > bounds.work) {
      return `one run takes the time of ${work.toExponential(1)} multiplications, and may take that of ${bounds.work.toExponential(1)}${remedy}`;
    }
    return undefined;
  } catch (error) {
    if (error instanceof RefusedGraph) return error.message;
    throw error;
  }
}

const inMiB = (bytes: number) => Math.ceil(bytes / 2 ** 20);

/** @throws RefusedGraph where a shape cannot be told. */
function costOf(graph: GraphProto, inputs: TensorSpecs): GraphCost {
  const nodes = graph.node.length;
  // Nothing more is looked at of a graph that is refused already.
  if (nodes > bounds.nodes) return { bytes: 0, work: 0, nodes };
  const known = new Map<string, KnownValue>();
  let [live, work] = [0, 0];
  for (const tensor of graph.initializer) known.set(tensor.name, knownConstant(tensor));
  for (const [name, { shape }] of Object.entries(inputs)) {
    known.set(name, { shape, bytes: 4, isConstant: false });
    live += 4 * sizeOf(shape);
  }
  const lastReads = lastReadsOf(graph);
  let peak = live;
  for (const [place, node] of graph.node.entries()) {
    const own = infer(node, known);
    work += own.work;
    live += sizeOf(own.shape) * own.bytes;
    if (!(live + work < Number.MAX_SAFE_INTEGER)) throw new RefusedGraph('one run has no end');
    peak = Math.max(peak, live);
    for (const name of lastReads.get(place) ?? []) {
      const value = known.get(name);
      // What depends on no input is kept from the loading on.
      if (value && !value.isConstant) live -= sizeOf(value.shape) * value.bytes;
    }
  }
  return { bytes: peak, work, nodes };
}

function infer({ opType, input, output, attribute }: NodeProto, known: Map<string, KnownValue>) {
  const [name = ''] = output;
  if (output.length !== 1 || known.has(name)) {
    throw new RefusedGraph(`operator '${opType}' makes [${output}], which is made already`);
  }
  const inputs = input.map((one) => {
    const value = known.get(one);
    if (!value && one !== '') throw new RefusedGraph(`'${one}' is read before it is made`);
    return value;
  });
  const attributes = new Map(attribute.map((own) => [own.name, own]));
  const own = inferences[opType]?.(inputs, attributes);
  if (!own?.shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw new RefusedGraph(`operator '${opType}' makes [${own?.shape}]`);
  }
  known.set(name, keep(own, inputs));
  return own;
}

function keep(own: Inferred, inputs: readonly (KnownValue | undefined)[]): KnownValue {
  const isConstant = inputs.every((value) => value === undefined || value.isConstant);
  const values = own.values && own.values.length <= mostValues ? own.values : undefined;
  return { shape: own.shape, bytes: own.bytes, values, isConstant };
}

/** @throws RefusedGraph for a constant that is not as long as its shape says. */
function knownConstant({ name, dims, dataType, rawData }: TensorProto): KnownValue {
  const shape = dims.map(Number);
  const bytes = elementBytes(dataType);
  if (rawData.byteLength !== sizeOf(shape) * bytes) {
    throw new RefusedGraph(`constant '${name}' is not as long as its shape`);
  }
  const isShape = bytes === 8 && sizeOf(shape) <= mostValues;
  return { shape, bytes, values: isShape ? wholesOf(rawData) : undefined, isConstant: true };
}

function wholesOf(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / 8 }, (_, k) =>
    Number(view.getBigInt64(8 * k, true)),
  );
}

/** Names of the values that are not needed after a node, by its place; outputs are needed to the end. */
function lastReadsOf(graph: GraphProto): ReadonlyMap<number, readonly string[]> {
  const kept = new Set(graph.output.map(({ name }) => name));
  const last = new Map<string, number>();
  for (const [place, { input, output }] of graph.node.entries()) {
    for (const name of [...output, ...input]) if (!kept.has(name)) last.set(name, place);
  }
  const places = new Map<number, string[]>();
  for (const [name, place] of last) {
    const own = places.get(place);
    if (own) own.push(name);
    else places.set(place, [name]);
  }
  return places;
}
