import { nativePackages, wasmPackages } from '../onnx/runtime-packages.js';
import type { Device, Engine } from './options.js';

/** A device of an engine, and how one comes by it. */
export interface DeviceEntry {
  readonly engine: Engine;
  readonly device: Device;
  /** The npm packages that bring it: the first that is installed does. */
  readonly packages: readonly string[];
  /** What to do where none is installed. */
  readonly install: string;
  /** What to do where one is installed, and it does not work. */
  readonly repair: string;
  /** Seconds that a first step of it may take. Default 60. */
  readonly patience?: number;
}

const inPackage =
  'it comes with gan-augment for Linux (glibc), Windows and macOS on Apple silicon: install ' +
  "again without omitting optional packages. Elsewhere use the device 'wasm'";
const platform = { packages: nativePackages, install: inPackage };

/** Every device, in the order in which they are listed. */
export const deviceEntries: readonly DeviceEntry[] = [
  {
    engine: 'onnx',
    device: 'cpu',
    ...platform,
    repair:
      "it needs Linux with glibc 2.28 or newer, Windows or macOS 13.4. Elsewhere use the device 'wasm'",
  },
  {
    engine: 'onnx',
    device: 'webgpu',
    ...platform,
    repair:
      'on Linux x64, Windows or macOS, install a driver for the GPU; on Linux one for Vulkan, ' +
      'and libvulkan.so.1',
  },
  {
    engine: 'onnx',
    device: 'cuda',
    ...platform,
    repair:
      'on Linux x64 with an NVIDIA driver, CUDA 12 and cuDNN 9, run ' +
      '`ONNXRUNTIME_NODE_INSTALL=cuda12 npm install onnxruntime-node`, and let its install script run',
  },
  {
    engine: 'onnx',
    device: 'dml',
    ...platform,
    repair: 'it needs Windows and a GPU with DirectX 12',
  },
  { engine: 'onnx', device: 'coreml', ...platform, repair: 'it needs macOS' },
  {
    engine: 'onnx',
    device: 'wasm',
    packages: wasmPackages,
    install: 'it comes with gan-augment: install again without omitting optional packages',
    repair: 'it needs a Node.js whose processor has WebAssembly with SIMD',
  },
  {
    engine: 'tfjs',
    device: 'tfjs-node-gpu',
    packages: ['@tensorflow/tfjs-node-gpu'],
    install:
      'on Linux x64 or Windows with an NVIDIA driver, CUDA 11.2 and cuDNN 8.1, run ' +
      '`npm install @tensorflow/tfjs-node-gpu`, and let its install script run',
    repair:
      'it needs an NVIDIA driver, CUDA 11.2 and cuDNN 8.1, where the system looks for libraries, and its ' +
      'addon: `npm rebuild @tensorflow/tfjs-node-gpu --build-addon-from-source`',
    // CUDA 11.2 holds no code for newer GPUs: the driver compiles it all at the first start.
    patience: 900,
  },
  {
    engine: 'tfjs',
    device: 'tfjs-node',
    packages: ['@tensorflow/tfjs-node'],
    install: 'run `npm install @tensorflow/tfjs-node`, and let its install script run',
    repair:
      'its addon or the library of TensorFlow is missing, or does not fit: run ' +
      '`npm rebuild @tensorflow/tfjs-node --build-addon-from-source` where its install script can ' +
      'download TensorFlow',
  },
  {
    engine: 'tfjs',
    device: 'wasm',
    packages: ['@tensorflow/tfjs-backend-wasm'],
    install: 'run `npm install @tensorflow/tfjs-backend-wasm`',
    repair: 'install a version of it that fits @tensorflow/tfjs-core',
  },
  {
    engine: 'tfjs',
    device: 'cpu',
    packages: ['@tensorflow/tfjs-backend-cpu'],
    install: 'run `npm install @tensorflow/tfjs-backend-cpu`',
    repair: 'install a version of it that fits @tensorflow/tfjs-core',
  },
];
