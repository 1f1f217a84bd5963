import { fromBinary } from '@bufbuild/protobuf';
import { type ModelProto, ModelProtoSchema, type NodeProto, type TensorProto } from 'onnx-buf';

/** A matrix [inputs, outputs], row-major. */
export interface Matrix {
  readonly inputs: number;
  readonly outputs: number;
  readonly values: Float32Array;
}

/** Operators that leave the numbers of an input where they are, or stretch them. */
const passing = new Set(['Reshape', 'Identity', 'Cast', 'Mul']);

/**
 * The constant matrix of the first product that an input goes into, as it is, stretched, or joined
 * to the front of something else; undefined if there is none.
 */
export function readFirstProduct(bytes: Uint8Array, input: string): Matrix | undefined {
  const { graph } = fromBinary(ModelProtoSchema, bytes) as ModelProto;
  const constants = new Map(graph?.initializer.map((tensor) => [tensor.name, tensor]));
  const reached = new Set([input]);
  for (const node of graph?.node ?? []) {
    const { opType, input: from, output } = node;
    const leads = passing.has(opType)
      ? from.some((name) => reached.has(name))
      : reached.has(from[0] ?? '');
    if (!leads) continue;
    if (passing.has(opType) || opType === 'Concat') for (const name of output) reached.add(name);
    const constant = constants.get(from[1] ?? '');
    if ((opType === 'Gemm' || opType === 'MatMul') && constant) return matrixOf(node, constant);
  }
  return undefined;
}

function matrixOf({ attribute }: NodeProto, { dims, rawData }: TensorProto): Matrix | undefined {
  if (dims.length !== 2) return undefined;
  const [rows, columns] = dims.map(Number) as [number, number];
  const values = new Float32Array(new Uint8Array(rawData).buffer);
  if (!attribute.some(({ name, i }) => name === 'transB' && i === 1n)) {
    return { inputs: rows, outputs: columns, values };
  }
  const turned = values.map(
    (_, at) => values[(at % rows) * columns + Math.floor(at / rows)] as number,
  );
  return { inputs: columns, outputs: rows, values: turned };
}
