import { describe, expect, it } from 'vitest';
import { deviceEntries } from '../../../src/compute/engines/devices.js';
import { inspectEngines } from '../../../src/compute/engines/inspect.js';
import { devices, engines } from '../../../src/compute/engines/options.js';
import { emptyMachine, machineWith, machineWithoutLibrary } from './machine.js';

describe('inspectEngines', () => {
  it('should say of each device whether it is available, or why not and what to do', async () => {
    const reports = await inspectEngines(machineWith('webgpu', 'wasm'));

    const available = reports.filter((report) => report.available);
    expect(available.map(({ engine, device }) => `${engine} ${device}`)).toEqual([
      'onnx cpu',
      'onnx webgpu',
      'onnx wasm',
      'tfjs wasm',
      'tfjs cpu',
    ]);
    expect(reports[0]?.threads).toBeGreaterThan(0);
    for (const report of reports) {
      expect(report.reason === undefined).toBe(report.available);
      expect(report.remedy === undefined).toBe(report.available);
    }
  });

  it('should say what there is where onnxruntime has no native library', async () => {
    const reports = await inspectEngines(machineWithoutLibrary('wasm'));

    expect(reports[0]).toMatchObject({ device: 'cpu', reason: 'there is no library' });
    expect(reports.find(({ device }) => device === 'wasm')).toMatchObject({ available: true });
  });

  it('should survive where nothing is installed', async () => {
    const reports = await inspectEngines(emptyMachine());

    expect(reports.map(({ available }) => available)).not.toContain(true);
    for (const { reason } of reports) expect(reason).toMatch(/is not installed$/);
  });

  it('should find on any machine what comes with the package', async () => {
    const reports = await inspectEngines();

    const everywhere = reports.filter(({ device }) => device === 'cpu' || device === 'wasm');
    expect(everywhere).toHaveLength(4);
    for (const { available, version } of everywhere) {
      expect(available).toBe(true);
      expect(version).toMatch(/^\d+\.\d+\.\d+/);
    }
  });
});

describe('the list of devices', () => {
  it('should have each device of each engine once, in the order of preference', () => {
    for (const engine of engines) {
      const listed = deviceEntries.filter((entry) => entry.engine === engine);

      expect(listed.map(({ device }) => device)).toEqual([...devices[engine]]);
    }
  });
});
