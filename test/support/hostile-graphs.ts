import { create, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType,
  GraphProtoSchema,
  ModelProtoSchema,
  TensorProto_DataType,
} from 'onnx-buf';
import type { Random } from '../../src/random.js';

/** A node as it is written down here: operator, inputs, output, whole attributes. */
type DrawnNode = readonly [string, readonly string[], string, Record<string, number | number[]>?];

/** Graphs that take memory or time without end if they are run, each by its name. */
export const hostileKinds = [
  'Expand',
  'Expand of a constant',
  'many Expands of constants',
  'Expand of the batch',
  'Pad',
  'Pad over and over',
  'Concat over and over',
  'Add by broadcasting',
  'MatMul',
  'Gemm',
  'a long chain',
  'slow numbers',
  'Reshape and Expand',
  'many live values',
  'a shape that is computed',
  'a loop',
  'a constant that is not there',
] as const;

export type HostileKind = (typeof hostileKinds)[number];

/** Inputs and output that a generator is to have. */
export interface GraphFace {
  /** Numbers of a row of each input. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly output: string;
  /** Numbers of a row of the output. */
  readonly width: number;
}

/** A hostile graph as an ONNX file, with the face of a generator. */
export function hostileGraph(kind: HostileKind, face: GraphFace, random: Random): Uint8Array {
  const [first = ''] = Object.keys(face.inputs);
  const constants = new Map<string, readonly number[]>();
  const whole = (...values: number[]) => {
    const name = `c${constants.size}`;
    constants.set(name, values);
    return name;
  };
  const nodes: DrawnNode[] = [];
  let made = 0;
  const node = (
    operator: string,
    inputs: readonly string[],
    attributes: Record<string, number | number[]> = {},
  ) => {
    const output = `v${made++}`;
    nodes.push([operator, inputs, output, attributes]);
    return output;
  };
  const large = 2 ** (14 + random.integer(3));
  const repeats = 12 + random.integer(10);
  const over = (count: number, value: string, step: (value: string, k: number) => string) => {
    let own = value;
    for (let k = 0; k < count; k++) own = step(own, k);
    return own;
  };
  const column = () => node('ReduceSum', [first, whole(1)], { keepdims: 1 });
  const weights = 'weights';
  const makers: Record<HostileKind, () => string> = {
    Expand: () =>
      node('Expand', [node('Reshape', [column(), whole(-1, 1, 1)]), whole(1, large, large)]),
    'Expand of a constant': () => node('Expand', [weights, whole(large, large, 1)]),
    'many Expands of constants': () =>
      over(repeats * 20, column(), (value) =>
        node('Add', [
          value,
          node('ReduceSum', [node('Expand', [weights, whole(2 ** 22, 1)])], { keepdims: 0 }),
        ]),
      ),
    'Expand of the batch': () =>
      node('Expand', [
        column(),
        node('Concat', [node('Shape', [first], { start: 0, end: 1 }), whole(large * large)], {
          axis: 0,
        }),
      ]),
    Pad: () => node('Pad', [first, whole(0, 0, 0, large * large)]),
    'Pad over and over': () =>
      over(repeats, first, (value, k) => node('Pad', [value, whole(0, 0, 0, 2 ** (k + 10))])),
    'Concat over and over': () =>
      over(repeats + 14, first, (value) => node('Concat', [value, value], { axis: 1 })),
    'Add by broadcasting': () =>
      node('Add', [
        node('Reshape', [node('Expand', [column(), whole(1, large)]), whole(-1, 1)]),
        node('Reshape', [node('Expand', [column(), whole(1, large)]), whole(1, -1)]),
      ]),
    MatMul: () => {
      const square = node('Expand', [weights, whole(large, large)]);
      return over(repeats, square, (value) => node('MatMul', [value, square]));
    },
    Gemm: () => {
      const side = 4096;
      const square = node('Expand', [weights, whole(side, side)]);
      return over(repeats * 4, square, (value) => node('Gemm', [value, square]));
    },
    'a long chain': () => over(20_000, first, (value) => node('Tanh', [value])),
    'slow numbers': () =>
      over(repeats * 200, node('Expand', [column(), whole(1, 2 ** 15)]), (value) =>
        node('Pow', [value, weights]),
      ),
    'Reshape and Expand': () =>
      over(repeats, column(), (value) =>
        node('Reshape', [node('Expand', [value, whole(1, 64)]), whole(-1, 1)]),
      ),
    'many live values': () => {
      const values = Array.from({ length: 400 }, () =>
        node('Tanh', [node('Expand', [column(), whole(1, large)])]),
      );
      return node('Sum', values);
    },
    'a shape that is computed': () =>
      node('Expand', [column(), node('Cast', [node('Mul', [first, first])], { to: 7 })]),
    'a loop': () => {
      nodes.push(['Add', [first, 'later'], 'earlier'], ['Add', ['earlier', first], 'later']);
      return 'later';
    },
    'a constant that is not there': () => node('Add', [column(), 'absent']),
  };
  const value = makers[kind]();
  const scalar = node('Reshape', [node('ReduceSum', [value], { keepdims: 0 }), whole(1, 1)]);
  nodes.push([
    'Expand',
    [
      scalar,
      node('Concat', [node('Shape', [first], { start: 0, end: 1 }), whole(face.width)], {
        axis: 0,
      }),
    ],
    face.output,
  ]);
  const isAbsent = kind === 'a constant that is not there';
  return write(face, nodes, constants, isAbsent);
}

function write(
  face: GraphFace,
  nodes: readonly DrawnNode[],
  constants: ReadonlyMap<string, readonly number[]>,
  isAbsent: boolean,
): Uint8Array {
  const types = AttributeProto_AttributeType;
  const info = (name: string, width: number) => ({
    name,
    type: {
      value: {
        case: 'tensorType' as const,
        value: {
          elemType: TensorProto_DataType.FLOAT,
          shape: {
            dim: [
              { value: { case: 'dimParam' as const, value: 'batch' } },
              { value: { case: 'dimValue' as const, value: BigInt(width) } },
            ],
          },
        },
      },
    },
  });
  const graph = create(GraphProtoSchema, {
    name: 'generator',
    input: Object.entries(face.inputs).map(([name, width]) => info(name, width)),
    output: [info(face.output, face.width)],
    node: nodes.map(([opType, input, output, attributes = {}]) => ({
      opType,
      input: [...input],
      output: [output],
      attribute: Object.entries(attributes).map(([name, value]) =>
        typeof value === 'number'
          ? { name, type: types.INT, i: BigInt(value) }
          : { name, type: types.INTS, ints: value.map(BigInt) },
      ),
    })),
    initializer: [
      {
        name: 'weights',
        dims: [1n, 1n],
        dataType: TensorProto_DataType.FLOAT,
        rawData: new Uint8Array(Float32Array.of(0.5).buffer),
      },
      ...(isAbsent
        ? [
            {
              name: 'absent',
              dims: [2n ** 40n],
              dataType: TensorProto_DataType.FLOAT,
              rawData: new Uint8Array(4),
            },
          ]
        : []),
      ...[...constants].map(([name, values]) => ({
        name,
        dims: [BigInt(values.length)],
        dataType: TensorProto_DataType.INT64,
        rawData: new Uint8Array(BigInt64Array.from(values, BigInt).buffer),
      })),
    ],
  });
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: 8n,
      opsetImport: [{ domain: '', version: 18n }],
      graph,
    }),
  );
}
