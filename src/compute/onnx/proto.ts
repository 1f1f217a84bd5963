import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  type AttributeProtoSchema,
  type GraphProtoSchema,
  type NodeProtoSchema,
  TensorProto_DataType,
  type TensorProtoSchema,
  type ValueInfoProtoSchema,
} from 'onnx-buf';
import { anySteps } from '../plan/loop.js';
import type { Attribute, Node, Value, ValueType } from '../record/graph.js';
import { anyBatch } from '../tensor.js';

const dataTypes: Record<ValueType, TensorProto_DataType> = {
  float32: TensorProto_DataType.FLOAT,
  int32: TensorProto_DataType.INT32,
  int64: TensorProto_DataType.INT64,
  bool: TensorProto_DataType.BOOL,
};

/** Names of the dimensions that each run has of its own, by what stands for them in a shape. */
export const dimensionNames: ReadonlyMap<number, string> = new Map([
  [anySteps, 'steps'],
  [anyBatch, 'batch'],
]);

/** A graph with the constants that its own nodes read. */
export function graphProto(
  name: string,
  nodes: readonly Node[],
  inputs: readonly Value[],
  outputs: readonly Value[],
): MessageInitShape<typeof GraphProtoSchema> {
  const constants = new Map(
    nodes.flatMap((node) =>
      node.inputs.filter(({ constant }) => constant).map((value) => [value.name, value] as const),
    ),
  );
  return {
    name,
    node: nodes.map(nodeProto),
    initializer: [...constants.values()].map(tensorProto),
    input: inputs.map(valueInfo),
    output: outputs.map(valueInfo),
  };
}

function nodeProto(node: Node): MessageInitShape<typeof NodeProtoSchema> {
  return {
    opType: node.operator,
    input: node.inputs.map(({ name }) => name),
    output: node.outputs.map(({ name }) => name),
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
  if ('graph' in value) {
    const { nodes, inputs, outputs } = value.graph;
    return { name, type: types.GRAPH, g: graphProto(name, nodes, inputs, outputs) };
  }
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
            dim: shape.map(dimension),
          },
        },
      },
    },
  };
}

function dimension(size: number) {
  const name = dimensionNames.get(size);
  return {
    value:
      name === undefined
        ? ({ case: 'dimValue', value: BigInt(size) } as const)
        : ({ case: 'dimParam', value: name } as const),
  };
}
