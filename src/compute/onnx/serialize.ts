import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  type AttributeProtoSchema,
  type ModelProto,
  ModelProtoSchema,
  type NodeProtoSchema,
  TensorProto_DataType,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from 'onnx-buf';
import type { Attribute, Node, Value, ValueType } from '../record/graph.js';
import type { Recording } from '../record/record.js';

/** ONNX operator set that the recorded graphs are written in. */
const operatorSet = 18;
const irVersion = 8;

const dataTypes: Record<ValueType, TensorProto_DataType> = {
  float32: TensorProto_DataType.FLOAT,
  int32: TensorProto_DataType.INT32,
  int64: TensorProto_DataType.INT64,
  bool: TensorProto_DataType.BOOL,
};

/** Prefix of an output that is the state's next value; its input has the bare name. */
export const nextState = 'next/';

/** The recorded step as an ONNX model: only what its state and outputs need. */
export function serialize({ graph, state, outputs }: Recording): Uint8Array {
  const results = [
    ...Object.entries(state).map(([name, value]) => [`${nextState}${name}`, value] as const),
    ...Object.entries(outputs),
  ];
  const nodes = neededNodes(
    graph.nodes,
    results.map(([, value]) => value.name),
  );
  const { names, copies } = nameResults(nodes, results);
  const used = new Set([
    ...nodes.flatMap((node) => node.inputs),
    ...copies.map((copy) => copy.from),
  ]);
  const model: MessageInitShape<typeof ModelProtoSchema> = {
    irVersion: BigInt(irVersion),
    opsetImport: [{ domain: '', version: BigInt(operatorSet) }],
    producerName: 'gan-augment',
    graph: {
      name: 'step',
      node: [
        ...nodes.map((node) => nodeProto(node, names)),
        ...copies.map(({ from, to }) => ({
          opType: 'Identity',
          input: [names.get(from) ?? from],
          output: [to],
        })),
      ],
      initializer: [...graph.constants.values()]
        .filter(({ name }) => used.has(name))
        .map(tensorProto),
      input: graph.inputs.filter(({ name }) => used.has(name)).map(valueInfo),
      output: results.map(([name, value]) => valueInfo({ ...value, name })),
    },
  };
  return toBinary(ModelProtoSchema, create(ModelProtoSchema, model) as ModelProto);
}

/**
 * Gives each result its public name. Where a value is a result twice, or is no node's output, a
 * copy carries the name.
 */
function nameResults(nodes: readonly Node[], results: readonly (readonly [string, Value])[]) {
  const computed = new Set(nodes.map((node) => node.output.name));
  const names = new Map<string, string>();
  const copies: { from: string; to: string }[] = [];
  for (const [name, value] of results) {
    if (computed.has(value.name) && !names.has(value.name)) names.set(value.name, name);
    else copies.push({ from: value.name, to: name });
  }
  return { names, copies };
}

/** Walks back from the results; what nothing needs is left out. */
function neededNodes(nodes: readonly Node[], results: readonly string[]): Node[] {
  const needed = new Set(results);
  const kept: Node[] = [];
  for (const node of nodes.toReversed()) {
    if (!needed.has(node.output.name)) continue;
    for (const input of node.inputs) needed.add(input);
    kept.push(node);
  }
  return kept.reverse();
}

function nodeProto(
  node: Node,
  names: ReadonlyMap<string, string>,
): MessageInitShape<typeof NodeProtoSchema> {
  return {
    opType: node.operator,
    input: node.inputs.map((name) => names.get(name) ?? name),
    output: [names.get(node.output.name) ?? node.output.name],
    attribute: Object.entries(node.attributes).map(([name, value]) => attributeProto(name, value)),
  };
}

function attributeProto(
  name: string,
  value: Attribute,
): MessageInitShape<typeof AttributeProtoSchema> {
  const types = AttributeProto_AttributeType;
  if ('int' in value) return { name, type: types.INT, i: BigInt(value.int) };
  if ('float' in value) return { name, type: types.FLOAT, f: value.float };
  return { name, type: types.INTS, ints: value.ints.map(BigInt) };
}

function tensorProto(value: Value): MessageInitShape<typeof TensorProtoSchema> {
  const { buffer, byteOffset, byteLength } = value.constant as Float32Array<ArrayBuffer>;
  return {
    name: value.name,
    dims: value.shape.map(BigInt),
    dataType: dataTypes[value.dtype],
    rawData: new Uint8Array(buffer, byteOffset, byteLength),
  };
}

function valueInfo({ name, shape, dtype }: Value): MessageInitShape<typeof ValueInfoProtoSchema> {
  return {
    name,
    type: {
      value: {
        case: 'tensorType',
        value: {
          elemType: dataTypes[dtype],
          shape: {
            dim: shape.map((size) => ({ value: { case: 'dimValue', value: BigInt(size) } })),
          },
        },
      },
    },
  };
}
