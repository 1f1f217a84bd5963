import type { Device, Engine } from './options.js';

/** A device of an engine, and how one comes by it. */
export interface DeviceEntry {
  readonly engine: Engine;
  readonly device: Device;
  /** The npm package that brings it. */
  readonly package: string;
  /** What to do where it is missing. */
  readonly remedy: string;
}

const onnxruntime = 'onnxruntime-node';

/** Every device, in the order in which they are listed. */
export const deviceEntries: readonly DeviceEntry[] = [
  {
    engine: 'onnx',
    device: 'cpu',
    package: onnxruntime,
    remedy: 'it comes with gan-augment, for Linux, Windows and macOS',
  },
  {
    engine: 'onnx',
    device: 'webgpu',
    package: onnxruntime,
    remedy:
      'on Linux x64, Windows or macOS, install a driver for the GPU; on Linux one for Vulkan, ' +
      'and libvulkan.so.1',
  },
  {
    engine: 'onnx',
    device: 'cuda',
    package: onnxruntime,
    remedy:
      'on Linux x64 with an NVIDIA driver, CUDA 12 and cuDNN 9, run ' +
      '`npm rebuild onnxruntime-node --onnxruntime-node-install=cuda12`',
  },
  {
    engine: 'onnx',
    device: 'dml',
    package: onnxruntime,
    remedy: 'it needs Windows and a GPU with DirectX 12',
  },
  { engine: 'onnx', device: 'coreml', package: onnxruntime, remedy: 'it needs macOS' },
  {
    engine: 'tfjs',
    device: 'tfjs-node-gpu',
    package: '@tensorflow/tfjs-node-gpu',
    remedy: 'with an NVIDIA driver, CUDA and cuDNN, run `npm install @tensorflow/tfjs-node-gpu`',
  },
  {
    engine: 'tfjs',
    device: 'tfjs-node',
    package: '@tensorflow/tfjs-node',
    remedy: 'run `npm install @tensorflow/tfjs-node`',
  },
  {
    engine: 'tfjs',
    device: 'wasm',
    package: '@tensorflow/tfjs-backend-wasm',
    remedy: 'run `npm install @tensorflow/tfjs-backend-wasm`',
  },
  {
    engine: 'tfjs',
    device: 'cpu',
    package: '@tensorflow/tfjs-backend-cpu',
    remedy: 'it comes with gan-augment',
  },
];
