import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { type ModelProto, ModelProtoSchema } from 'onnx-buf';
import { version } from '../../version.js';
import type { Plan } from '../plan/plan.js';
import { nameResults } from '../plan/rename.js';
import { nextState } from './next-state.js';
import { graphProto } from './proto.js';

/** ONNX operator set that the recorded graphs are written in. */
const operatorSet = 18;
const irVersion = 8;

/** What an ONNX file says of itself. */
export interface OnnxLabels {
  /** Name of the graph. Default 'step'. */
  readonly name?: string;
  /** Key-value pairs for its readers. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A plan as an ONNX model. State that is constant is part of it, other state goes in and out. */
export function serialize(
  plan: Plan,
  { name = 'step', metadata = {} }: OnnxLabels = {},
): Uint8Array {
  const { nodes, outputs } = nameResults(plan.nodes, [
    ...Object.entries(plan.nextState).map(([name, value]) => [nextState + name, value] as const),
    ...Object.entries(plan.outputs),
  ]);
  const state = Object.values(plan.state).filter(({ constant }) => !constant);
  const model: MessageInitShape<typeof ModelProtoSchema> = {
    irVersion: BigInt(irVersion),
    opsetImport: [{ domain: '', version: BigInt(operatorSet) }],
    producerName: 'gan-augment',
    producerVersion: version,
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph: graphProto(name, nodes, [...state, ...plan.inputs], outputs),
  };
  return toBinary(ModelProtoSchema, create(ModelProtoSchema, model) as ModelProto);
}
