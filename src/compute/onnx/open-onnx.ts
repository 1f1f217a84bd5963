import type { InferenceSession, Tensor } from 'onnxruntime-common';
import { ComputeError } from '../../errors.js';
import { counter } from '../plan/loop.js';
import { checkFeed, type Feed, type Program, runShape } from '../program.js';
import {
  type HostTensors,
  mapEntries,
  sizeOf,
  type TensorSpec,
  type TensorSpecs,
} from '../tensor.js';
import { nextState } from './next-state.js';
import { loadRuntime, loadWasmRuntime, type OnnxRuntime } from './runtime.js';
import { type SessionPlace, sessionOptions } from './session-options.js';

type OnnxTensors = Record<string, Tensor>;

/** Opens an ONNX model whose weights are constants, such as a saved generator. */
export async function openOnnx(
  model: Uint8Array,
  inputs: TensorSpecs,
  outputs: TensorSpecs,
  place: SessionPlace = {},
): Promise<Program> {
  return openSerialized(model, { state: {}, inputs, outputs, loops: false }, place);
}

/** Opens a serialized graph with what it carries from run to run. */
export async function openSerialized(
  model: Uint8Array,
  signature: Signature,
  place: SessionPlace,
): Promise<Program> {
  const runtime = await (place.device === 'wasm' ? loadWasmRuntime() : loadRuntime());
  const session = await openSession(runtime, model, place);
  return createProgram(runtime, session, signature, place);
}

async function openSession(
  { InferenceSession }: OnnxRuntime,
  model: Uint8Array,
  place: SessionPlace,
): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(model, sessionOptions(place));
  } catch (error) {
    throw new ComputeError(`onnxruntime cannot load the graph: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** What a session takes and gives; `loops` if its inputs and outputs have an axis of steps. */
export interface Signature {
  readonly state: HostTensors;
  readonly inputs: TensorSpecs;
  readonly outputs: TensorSpecs;
  readonly loops: boolean;
}

function createProgram(
  runtime: OnnxRuntime,
  session: InferenceSession,
  signature: Signature,
  { device = 'cpu' }: SessionPlace,
): Program {
  const { inputs, outputs, loops } = signature;
  const { emptyTensor, tensorOf } = tensorsOf(runtime);
  const outputTensors = (steps: number): OnnxTensors =>
    mapEntries(outputs, ({ shape, dtype }) =>
      emptyTensor({ shape: loops ? [steps, ...shape] : shape, dtype }),
    );
  // Two sets of buffers: a run reads one and writes the other, then they change places.
  let current: OnnxTensors = mapEntries(signature.state, ({ values, shape, dtype }) =>
    tensorOf(shape, dtype, values.slice()),
  );
  let next: OnnxTensors = mapEntries(signature.state, emptyTensor);
  let results = outputTensors(1);
  let made = 1;
  // What the graph turned out not to need is no input of it.
  const taken = new Set(session.inputNames);

  const feeds = (feed: Feed, steps: number): OnnxTensors => {
    const tensors = mapEntries(inputs, ({ shape, dtype }, name) =>
      tensorOf(loops ? [steps, ...shape] : shape, dtype, feed[name] as Float32Array),
    );
    if (loops) tensors[counter.name] = tensorOf([steps], 'float32', new Float32Array(steps));
    return Object.fromEntries(
      Object.entries({ ...current, ...tensors }).filter(([name]) => taken.has(name)),
    );
  };

  const runSession = async (fed: OnnxTensors, fetches: OnnxTensors): Promise<OnnxTensors> => {
    try {
      return runtime.writesInto
        ? await session.run(fed, fetches)
        : await session.run(fed, Object.keys(fetches));
    } catch (error) {
      throw new ComputeError(`onnxruntime failed: ${messageOf(error)}`, { cause: error });
    }
  };

  return {
    engine: 'onnx',
    device,
    async run(feed, steps = 1) {
      checkFeed(inputs, feed, steps);
      if (steps > 1 && !loops) throw new ComputeError('a program without a state makes one step');
      if (steps !== made) results = outputTensors(steps);
      made = steps;
      const fetches = { ...results };
      for (const [name, tensor] of Object.entries(next)) fetches[nextState + name] = tensor;
      const fetched = await runSession(feeds(feed, steps), fetches);
      if (!runtime.writesInto) {
        results = mapEntries(results, (_, name) => fetched[name] as Tensor);
        next = mapEntries(next, (_, name) => fetched[nextState + name] as Tensor);
      }
      [current, next] = [next, current];
      return mapEntries(results, (tensor, name) => ({
        ...hostOf(tensor),
        shape: runShape((outputs[name] as TensorSpec).shape, steps),
      }));
    },
    readState: () =>
      mapEntries(current, (tensor) => ({
        ...hostOf(tensor),
        values: hostOf(tensor).values.slice(),
      })),
    dispose: () => session.release(),
  };
}

/** How tensors are made for a runtime. */
function tensorsOf({ Tensor: OnnxTensor }: OnnxRuntime) {
  const tensorOf = (
    shape: readonly number[],
    dtype: TensorSpec['dtype'],
    values: Float32Array | Int32Array,
  ): Tensor =>
    dtype === 'float32'
      ? new OnnxTensor('float32', values as Float32Array, shape)
      : new OnnxTensor('int32', values as Int32Array, shape);
  const emptyTensor = ({ shape, dtype }: TensorSpec): Tensor => {
    const size = sizeOf(shape);
    const values = dtype === 'float32' ? new Float32Array(size) : new Int32Array(size);
    return tensorOf(shape, dtype, values);
  };
  return { tensorOf, emptyTensor };
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
