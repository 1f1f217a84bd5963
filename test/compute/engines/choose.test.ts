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
import { ComputeError, InvalidOptionError } from '../../../src/errors.js';
import { emptyMachine, fullMachineWith, machineWith, machineWithoutLibrary } from './machine.js';

const choose = async (options: EngineOptions, machine = machineWith()) =>
  (await choosePlace(options, 'fit.', machine)).target;

describe('choosePlace', () => {
  it.each([
    ['nothing', {}, { engine: 'onnx', device: 'cpu', threads: 1 }],
    ['threads', { threads: 3 }, { engine: 'onnx', device: 'cpu', threads: 3 }],
    ['onnx', { engine: 'onnx' }, { engine: 'onnx', device: 'cpu', threads: 1 }],
    ['a device of auto', { engine: 'auto', device: 'wasm' }, { engine: 'onnx', device: 'wasm' }],
    ['a device of tfjs', { engine: 'tfjs', device: 'wasm' }, { engine: 'tfjs', device: 'wasm' }],
    ['cpu of auto', { engine: 'auto', device: 'cpu' }, { engine: 'onnx', device: 'cpu' }],
    ['a device of onnx', { device: 'webgpu' }, { engine: 'onnx', device: 'webgpu' }],
  ] as const)('should take %s as it is meant', async (_, options, place) => {
    expect(await choose(options, machineWith('wasm', 'webgpu'))).toMatchObject(place);
  });

  it('should take onnx on cpu without a probe, and without a word', async () => {
    const machine = fullMachineWith();

    await choose({}, machine);
    await choose({ engine: 'onnx', device: 'cpu', threads: 2 }, machine);

    expect(machine.probed).toEqual([]);
    expect(machine.said).toEqual([]);
  });

  it.each([
    [['tfjs-node-gpu', 'tfjs-node', 'wasm'], 'tfjs-node-gpu'],
    [['tfjs-node', 'wasm'], 'tfjs-node'],
    [['wasm'], 'wasm'],
    [[], 'cpu'],
  ] as [Device[], Device][])(
    'should of tfjs with %j working prefer %s',
    async (working, device) => {
      const target = await choose({ engine: 'tfjs' }, fullMachineWith(...working));

      expect(target).toEqual({ engine: 'tfjs', device, threads: 1 });
    },
  );

  it('should of auto take what was measured to be faster, whatever else there is', async () => {
    const machine = fullMachineWith(...deviceNames);

    expect(await choose({ engine: 'auto', threads: 2 }, machine)).toEqual({
      engine: 'onnx',
      device: 'cpu',
      threads: 2,
    });
  });

  it('should take WebAssembly where there is no native library, and say so', async () => {
    const machine = machineWithoutLibrary('wasm');

    const { target, notice } = await choosePlace({ threads: 2 }, 'fit.', machine);

    expect(target).toEqual({ engine: 'onnx', device: 'wasm', threads: 1 });
    expect(notice).toMatch(/^there is no library\. Its WebAssembly build computes instead/);
    expect(machine.said).toEqual([notice]);
  });

  it.each([{ engine: 'onnx' }, { device: 'cpu' }, { engine: 'onnx', device: 'cpu' }] as const)(
    'should refuse %j where there is no native library, with what there is',
    async (options) => {
      const machine = machineWithoutLibrary('wasm');

      const choosing = choose(options, machine);

      await expect(choosing).rejects.toThrow(ComputeError);
      await expect(choosing).rejects.toThrow(
        /cpu \(there is no library\)\. Available: onnx wasm, tfjs wasm, tfjs cpu\. To get cpu: it needs/,
      );
      expect(machine.said).toEqual([]);
    },
  );

  it('should say that tfjs computes in plain JavaScript, and why', async () => {
    const machine = machineWith();

    const { target, notice } = await choosePlace({ engine: 'tfjs' }, 'fit.', machine);

    expect(target.device).toBe('cpu');
    expect(notice).toMatch(/in plain JavaScript.*tfjs-node does not work.*wasm does not work/);
    expect(machine.said).toEqual([notice]);
  });

  it('should say what to install where tfjs has no device at all', async () => {
    await expect(choose({ engine: 'tfjs' }, emptyMachine())).rejects.toThrow(
      /fit\.engine is not available here: tfjs: .*Install one of @tensorflow\/tfjs-node-gpu, /,
    );
  });

  it('should tell what is broken to be repaired, not to be installed', async () => {
    const choosing = choose({ engine: 'tfjs', device: 'tfjs-node-gpu' }, fullMachineWith());

    await expect(choosing).rejects.toThrow(
      /To get tfjs-node-gpu: it needs .* CUDA 11\.2 and cuDNN 8\.1/,
    );
  });

  it('should let a new GPU take its time when it starts first', async () => {
    const asked: [string, number | undefined][] = [];
    const machine = fullMachineWith('tfjs-node', 'tfjs-node-gpu');
    const probe = async ({ device }: { device: string }, seconds?: number) => {
      asked.push([device, seconds]);
      return undefined;
    };
    await choosePlace({ engine: 'tfjs' }, '', { ...machine, probe });
    await choosePlace({ device: 'webgpu' }, '', { ...machine, probe });

    expect(asked).toEqual([
      ['tfjs-node-gpu', 900],
      ['webgpu', undefined],
    ]);
  });

  it('should say what is available, and how to get what is not', async () => {
    const choosing = choose({ engine: 'tfjs', device: 'tfjs-node' }, machineWith('wasm'));

    await expect(choosing).rejects.toThrow(InvalidOptionError);
    await expect(choosing).rejects.toThrow(
      'fit.device is not available here: tfjs-node (@tensorflow/tfjs-node is not installed). ' +
        'Available: onnx cpu, onnx wasm, tfjs wasm, tfjs cpu. To get tfjs-node: run `npm install ' +
        '@tensorflow/tfjs-node`, and let its install script run.',
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
        const named = wanted.engine !== undefined && wanted.engine !== 'auto';
        if (named) expect(place.engine).toBe(wanted.engine);
        if (!named && !wanted.device) expect(place.engine).toBe('onnx');
        expect(place.device === 'cpu' || place.threads === 1).toBe(true);
      }),
    );
  });
});
