import {
  type BackendValues,
  type DataId,
  type DataType,
  engine,
  KernelBackend,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  registerBackend,
  registerKernel,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { ComputeError } from '../../errors.js';
import {
  broadcast,
  type ConstantValues,
  type Graph,
  scalar,
  type Value,
  type ValueType,
} from './graph.js';
import { kernelRecorders } from './kernels/index.js';
import { kernelNames, unsupported } from './unsupported.js';

export const backendName = 'gan-augment-recorder';

/** A tfjs backend that computes nothing: each kernel becomes a node of the graph. */
class RecordingBackend extends KernelBackend {
  private graph: Graph | undefined;
  private values = new WeakMap<DataId, Value>();

  /** Records what `body` does into `graph`. */
  recordInto<Result>(graph: Graph, body: () => Result): Result {
    if (this.graph) throw new ComputeError('recording cannot start inside another recording');
    this.graph = graph;
    try {
      return body();
    } finally {
      this.graph = undefined;
      this.values = new WeakMap();
    }
  }

  /** The graph's value that a tensor stands for. */
  recorded(tensor: TensorInfo): Value {
    const value = this.values.get(tensor.dataId);
    if (!value) {
      throw new ComputeError(
        `a tensor of shape [${tensor.shape}] was made outside the step. Pass it as state or input`,
      );
    }
    return value;
  }

  /** The tensor that stands for a value of the graph. */
  tensorOf(value: Value): Tensor {
    return engine().makeTensorFromTensorInfo(this.infoOf(value));
  }

  run(
    kernel: string,
    inputs: NamedTensorInfoMap,
    attributes: NamedAttrMap = {},
  ): TensorInfo | TensorInfo[] {
    const recorder = kernelRecorders[kernel];
    if (!recorder) throw unsupported(kernel, inputs, attributes);
    if (!this.graph) throw new ComputeError('no recording is under way');
    const values = Object.entries(inputs).map(([name, tensor]) => [
      name,
      this.recorded(tensor as TensorInfo),
    ]);
    const result = recorder(this.graph, Object.fromEntries(values), attributes);
    return Array.isArray(result) ? result.map((value) => this.infoOf(value)) : this.infoOf(result);
  }

  private infoOf(value: Value): TensorInfo {
    const dataId = {};
    this.values.set(dataId, value);
    return { dataId, shape: [...value.shape], dtype: value.dtype as DataType };
  }

  override write(values: BackendValues, shape: number[], dtype: DataType): DataId {
    if (!this.graph) throw new ComputeError('no recording is under way');
    const value = constantOf(this.graph, values as ConstantValues, shape, dtype as ValueType);
    return this.infoOf(value).dataId;
  }

  override readSync(): never {
    throw new ComputeError(
      'a step cannot read a value while it is recorded (dataSync, data, arraySync, print): the ' +
        'values exist only when the compiled program runs. Return the tensor as an output',
    );
  }

  override read(): never {
    return this.readSync();
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }
  override epsilon(): number {
    return 1e-7;
  }
  override numDataIds(): number {
    return 0;
  }
  override refCount(): number {
    return 1;
  }
  override incRef(): void {}
  override disposeData(): boolean {
    return true;
  }
  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }
  override timerAvailable(): boolean {
    return false;
  }
  override dispose(): void {}
}

const arrayTypes = {
  float32: Float32Array,
  bool: Uint8Array,
  int32: Int32Array,
  int64: Int32Array,
} as const;

/** A constant; one of equal elements is kept as a single number. */
function constantOf(
  graph: Graph,
  values: ConstantValues,
  shape: number[],
  dtype: ValueType,
): Value {
  const typed: ConstantValues = arrayTypes[dtype].from(values as Float32Array);
  const first = typed[0];
  if (typed.length > 1 && typed.every((value) => Object.is(value, first))) {
    return broadcast(scalar(graph, Number(first), dtype), shape);
  }
  return graph.constant(typed, shape, dtype);
}

let backend: RecordingBackend | undefined;

/** The backend, registered with tfjs on first use. */
export function recordingBackend(): RecordingBackend {
  if (!backend) {
    const created = new RecordingBackend();
    registerBackend(backendName, () => created, 0);
    for (const kernelName of new Set([...Object.keys(kernelRecorders), ...kernelNames])) {
      registerKernel({
        kernelName,
        backendName,
        kernelFunc: ({ inputs, attrs }) => created.run(kernelName, inputs, attrs),
      });
    }
    backend = created;
  }
  return backend;
}
