import { describe, expect, it } from 'vitest';
import { checkEngineOptions } from '../../../src/compute/engines/options.js';
import { InvalidOptionError } from '../../../src/errors.js';

describe('checkEngineOptions', () => {
  it.each([
    [{ engine: 'abacus' }, 'fit.engine must be one of auto, onnx, tfjs: abacus'],
    [{ engine: null }, 'fit.engine must be one of auto, onnx, tfjs: null'],
    [{ engine: 'onnx', device: 'tpu' }, 'must be one of cpu, webgpu, cuda, dml, coreml, wasm: tpu'],
    [{ engine: 'onnx', device: 'tfjs-node' }, "tfjs-node. It is a device of the engine 'tfjs'"],
    [{ engine: 'tfjs', device: 'cuda' }, "cpu: cuda. It is a device of the engine 'onnx'"],
    [{ engine: 'auto', device: 'tpu' }, 'fit.device must be one of cpu, webgpu'],
    [{ threads: 0 }, 'fit.threads must be a whole number from 1 to 1024: 0'],
    [{ threads: 2.5 }, 'fit.threads must be a whole number from 1 to 1024: 2.5'],
    [{ threads: 2, engine: 'tfjs' }, 'fit.threads must be 1 on the engine tfjs: 2'],
    [{ threads: 2, device: 'webgpu' }, 'fit.threads must be 1 on the device webgpu: 2'],
  ])('should refuse %j', (options, message) => {
    const check = () => checkEngineOptions(options as never, 'fit.');

    expect(check).toThrow(InvalidOptionError);
    expect(check).toThrow(message);
  });

  it.each([
    {},
    { engine: 'auto', threads: 4 },
    { threads: 1024 },
    { engine: 'tfjs', device: 'tfjs-node', threads: 1 },
  ] as const)('should allow %j', (options) => {
    expect(() => checkEngineOptions(options, 'fit.')).not.toThrow();
  });
});
