import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choosePlace } from '../../../src/compute/engines/choose.js';
import {
  type Device,
  deviceNames,
  devices,
  type EngineOptions,
  engineNames,
} from '../../../src/compute/engines/options.js';
import { InvalidOptionError } from '../../../src/errors.js';
import { fullMachineWith, machineWith } from './machine.js';

const choose = (options: EngineOptions, machine = machineWith()) =>
  choosePlace(options, 'fit.', machine);

describe('choosePlace', () => {
  it.each([
    ['nothing', {}, { engine: 'onnx', device: 'cpu', threads: 1 }],
    ['threads', { threads: 3 }, { engine: 'onnx', device: 'cpu', threads: 3 }],
    ['onnx', { engine: 'onnx' }, { engine: 'onnx', device: 'cpu', threads: 1 }],
    ['a device of auto', { engine: 'auto', device: 'wasm' }, { engine: 'tfjs', device: 'wasm' }],
    ['cpu of auto', { engine: 'auto', device: 'cpu' }, { engine: 'onnx', device: 'cpu' }],
    ['a device of onnx', { device: 'webgpu' }, { engine: 'onnx', device: 'webgpu' }],
  ] as const)('should take %s as it is meant', async (_, options, place) => {
    expect(await choose(options, machineWith('wasm', 'webgpu'))).toMatchObject(place);
  });

  it('should take onnx on cpu without looking at the machine', async () => {
    const machine = fullMachineWith();

    await choose({}, machine);
    await choose({ engine: 'onnx', device: 'cpu', threads: 2 }, machine);

    expect(machine.probed).toEqual([]);
  });

  it.each([
    [['tfjs-node-gpu', 'tfjs-node', 'wasm'], 'tfjs-node-gpu'],
    [['tfjs-node', 'wasm'], 'tfjs-node'],
    [['wasm'], 'wasm'],
    [[], 'cpu'],
  ] as [Device[], Device][])(
    'should of tfjs with %j working prefer %s',
    async (working, device) => {
      const place = await choose({ engine: 'tfjs' }, fullMachineWith(...working));

      expect(place).toEqual({ engine: 'tfjs', device, threads: 1 });
    },
  );

  it('should of auto take a GPU of tfjs, and nothing else of it', async () => {
    const [gpu, none] = [fullMachineWith('tfjs-node-gpu'), fullMachineWith('tfjs-node', 'webgpu')];

    expect(await choose({ engine: 'auto' }, gpu)).toMatchObject({ device: 'tfjs-node-gpu' });
    expect(await choose({ engine: 'auto', threads: 2 }, none)).toEqual({
      engine: 'onnx',
      device: 'cpu',
      threads: 2,
    });
    expect(await choose({ engine: 'auto' }, machineWith())).toMatchObject({ engine: 'onnx' });
  });

  it('should say what is available, and how to get what is not', async () => {
    const choosing = choose({ engine: 'tfjs', device: 'tfjs-node' }, machineWith('wasm'));

    await expect(choosing).rejects.toThrow(InvalidOptionError);
    await expect(choosing).rejects.toThrow(
      'fit.device is not available here: tfjs-node (@tensorflow/tfjs-node is not installed). ' +
        'Available: onnx cpu, tfjs wasm, tfjs cpu. To get tfjs-node: run `npm install ' +
        '@tensorflow/tfjs-node`.',
    );
    await expect(choose({ device: 'webgpu' })).rejects.toThrow(/webgpu \(no such thing\)/);
    await expect(choose({ device: 'dml' })).rejects.toThrow(/has no dml for/);
  });

  it('should always give a place that works, or an error that a user can understand', async () => {
    const options = fc.record(
      {
        engine: fc.constantFrom(...engineNames, 'cuda' as never),
        device: fc.constantFrom(...deviceNames, 'gpu' as never),
        threads: fc.constantFrom(-1, 0, 1, 1.5, 2, 1024, 1025, Number.NaN, '2' as never),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(options, fc.subarray([...deviceNames]), async (wanted, working) => {
        const place = await choose(wanted, fullMachineWith(...working)).catch((error) => error);

        if (place instanceof Error) return void expect(place).toBeInstanceOf(InvalidOptionError);
        expect(devices[place.engine as 'onnx']).toContain(place.device);
        expect(['cpu', ...working]).toContain(place.device);
        if (wanted.device) expect(place.device).toBe(wanted.device);
        if (wanted.engine !== 'auto') expect(place.engine).toBe(wanted.engine ?? 'onnx');
        expect(place.device === 'cpu' || place.threads === 1).toBe(true);
      }),
    );
  });
});
