import { InferenceSession, Tensor } from 'onnxruntime-node';
import { ComputeError } from '../../errors.js';
import { checkFeed, type Feed, type Program } from '../program.js';
import { record } from '../record/record.js';
import {
  type HostTensors,
  mapEntries,
  type StepFunction,
  sizeOf,
  type TensorSpec,
  type TensorSpecs,
} from '../tensor.js';
import { nextState, serialize } from './serialize.js';

const sessionOptions: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  graphOptimizationLevel: 'all',
  executionMode: 'sequential',
  // One thread gives the same bits on machines with other numbers of cores.
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
};

type OnnxTensors = Record<string, Tensor>;

/** Records `step` and compiles it for onnxruntime's native CPU library. */
export async function compileOnnx(
  step: StepFunction,
  state: HostTensors,
  inputs: TensorSpecs,
): Promise<Program> {
  const recording = record(step, state, inputs);
  const outputs = mapEntries(
    recording.outputs,
    ({ shape, dtype }) => ({ shape, dtype }) as TensorSpec,
  );
  const session = await openSession(serialize(recording));
  return createProgram(session, { state, inputs, outputs });
}

/** Opens an ONNX model whose weights are constants, such as a saved generator. */
export async function openOnnx(
  model: Uint8Array,
  inputs: TensorSpecs,
  outputs: TensorSpecs,
): Promise<Program> {
  return createProgram(await openSession(model), { state: {}, inputs, outputs });
}

async function openSession(model: Uint8Array): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(model, sessionOptions);
  } catch (error) {
    throw new ComputeError(`onnxruntime cannot load the graph: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function createProgram(
  session: InferenceSession,
  specs: { state: HostTensors; inputs: TensorSpecs; outputs: TensorSpecs },
): Program {
  // Two sets of buffers: a run reads one and writes the other, then they change places.
  let current: OnnxTensors = mapEntries(specs.state, ({ values, shape, dtype }) =>
    tensorOf(shape, dtype, values.slice()),
  );
  let next: OnnxTensors = mapEntries(specs.state, emptyTensor);
  const results = mapEntries(specs.outputs, emptyTensor);
  const taken = new Set(session.inputNames);

  const feeds = (feed: Feed): OnnxTensors => {
    checkFeed(specs.inputs, feed);
    const tensors = mapEntries(specs.inputs, ({ shape, dtype }, name) =>
      tensorOf(shape, dtype, feed[name] as Float32Array),
    );
    // What the graph turned out not to need is no input of it.
    return Object.fromEntries(
      Object.entries({ ...current, ...tensors }).filter(([name]) => taken.has(name)),
    );
  };

  return {
    engine: 'onnx',
    async run(feed) {
      const fetches = { ...results };
      for (const [name, tensor] of Object.entries(next)) fetches[nextState + name] = tensor;
      try {
        await session.run(feeds(feed), fetches);
      } catch (error) {
        if (ComputeError.isInstance(error)) throw error;
        throw new ComputeError(`onnxruntime failed: ${messageOf(error)}`, { cause: error });
      }
      [current, next] = [next, current];
      return mapEntries(results, hostOf);
    },
    readState: () =>
      mapEntries(current, (tensor) => ({
        ...hostOf(tensor),
        values: hostOf(tensor).values.slice(),
      })),
    dispose: () => session.release(),
  };
}

function tensorOf(
  shape: readonly number[],
  dtype: TensorSpec['dtype'],
  values: Float32Array | Int32Array,
) {
  return dtype === 'float32'
    ? new Tensor('float32', values as Float32Array, shape)
    : new Tensor('int32', values as Int32Array, shape);
}

function emptyTensor({ shape, dtype }: TensorSpec): Tensor {
  const size = sizeOf(shape);
  return tensorOf(
    shape,
    dtype,
    dtype === 'float32' ? new Float32Array(size) : new Int32Array(size),
  );
}

function hostOf(tensor: Tensor) {
  return {
    shape: tensor.dims,
    dtype: tensor.type as TensorSpec['dtype'],
    values: tensor.data as Float32Array,
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
