import { describe, expect, it } from 'vitest';
import { deviceEntries } from '../../src/compute/engines/devices.js';
import { loadModel } from '../../src/gan/model/directory.js';
import { runHere } from './support/console.js';
import { penguins, useModel } from './support/penguins.js';
import { runRefused } from './support/refused.js';

const model = useModel();
const { directory } = model;

/** What each command that computes needs besides options of the engine. */
const commands: Record<string, (output: string) => string[]> = {
  train: (output) => ['train', penguins.parquet, '-o', output, '--steps', '1'],
  augment: (output) => [
    ...['augment', penguins.parquet, '-o', output],
    ...['--ratio', '0.1', '--steps', '1'],
  ],
  'augment with a model': (output) => [
    ...['augment', penguins.parquet, '-o', output],
    ...['--ratio', '0.1', '--model', model.path],
  ],
  sample: (output) => ['sample', model.path, '-n', '10', '-o', output],
};

describe('inspect --engines', () => {
  it('should list every device, with the reason and the remedy where one is missing', async () => {
    const { code, stdout } = await runHere(['inspect', '--engines', '--json']);

    const { engines } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(stdout.indexOf('\n')).toBe(stdout.length - 1);
    expect(engines.map(({ device }: { device: string }) => device)).toEqual(
      deviceEntries.map(({ device }) => device),
    );
    for (const { available, reason, remedy, threads, engine, device } of engines) {
      expect([typeof reason, typeof remedy]).toEqual(
        available ? ['undefined', 'undefined'] : ['string', 'string'],
      );
      if (device === 'cpu') expect(available).toBe(true);
      expect(typeof threads).toBe(engine === 'onnx' && device === 'cpu' ? 'number' : 'undefined');
    }
  });
});

describe.each(Object.entries(commands))('%s', (_name, argumentsFor) => {
  const output = () => directory.fresh('parquet');

  it('should take an engine, a device and threads', async () => {
    const place = ['--engine', 'onnx', '--device', 'cpu', '--threads', '2'];

    const { code } = await runHere([...argumentsFor(output()), ...place]);

    expect(code).toBe(0);
  });

  it.each([
    [
      'an unknown device',
      ['--device', 'tpu'],
      /Allowed choices are cpu, webgpu, cuda, dml, coreml/,
    ],
    ['an unknown engine', ['--engine', 'abacus'], /Allowed choices are auto, onnx/],
    ['threads on a device of its own', ['--device', 'cuda', '--threads', '2'], /threads must be 1/],
    ['no threads', ['--threads', '0'], /whole number from 1/],
    [
      'too many threads',
      ['--threads', '4096'],
      /'4096' is invalid. It must be a whole number from 1 to 1024/,
    ],
  ])('should refuse %s', async (_what, place, problem) => {
    const refused = output();

    const { code, message } = await runRefused([...argumentsFor(refused), ...place], refused);

    expect([code, message]).toEqual([2, expect.stringMatching(problem)]);
  });
});

describe('a device that is not here', () => {
  it('should be refused with what is, and how to get it', async () => {
    // Whatever the machine, it lacks one of these two.
    const device = process.platform === 'win32' ? 'coreml' : 'dml';
    const output = directory.fresh('parquet');
    const args = [...(commands.augment?.(output) ?? []), '--device', device];

    const { code, message } = await runRefused(args, output);

    expect(code).toBe(2);
    expect(message).toMatch(new RegExp(`device is not available here: ${device} \\(`));
    expect(message).toMatch(/Available: onnx cpu, .*tfjs cpu/);
    expect(message).toContain(`To get ${device}: it needs `);
  });
});

describe('--engine tfjs', () => {
  it('should train a model, which onnx then samples', async () => {
    const [saved, sampled] = [directory.fresh('model'), directory.fresh('parquet')];
    const args = [...(commands.train?.(saved) ?? []), '--engine', 'tfjs', '--device', 'wasm'];

    const trained = await runHere(args);
    const { code } = await runHere(['sample', saved, '-n', '10', '-o', sampled]);

    expect([trained.code, code]).toEqual([0, 0]);
    const { training } = (await loadModel(saved)).manifest;
    expect(training).toMatchObject({ engine: 'tfjs', device: 'wasm', threads: 1 });
  });

  it.each([
    ['augment with a model', /--engine tfjs trains, and a saved model runs on 'onnx'/],
    ['sample', /Allowed choices are auto, onnx\./],
  ])('should be refused where nothing is trained: %s', async (name, problem) => {
    const output = directory.fresh('parquet');
    const args = [...(commands[name]?.(output) ?? []), '--engine', 'tfjs'];

    const { code, message } = await runRefused(args, output);

    expect([code, message]).toEqual([2, expect.stringMatching(problem)]);
  });
});
