import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { useDirectory } from './data/support/directory.js';
import { compiledUrl } from './support/compiled.js';

const directory = useDirectory();
const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a module in a process with an empty home, an empty temporary directory and no CI. */
async function runAtHome(code: string, environment: Record<string, string> = {}) {
  const home = directory.fresh('home');
  const temporary = join(home, 'temporary');
  await mkdir(temporary, { recursive: true });
  // A CI service is what onnxruntime takes for a reason to send nothing.
  const { CI, GITHUB_ACTIONS, TF_BUILD, XDG_CACHE_HOME, ORT_DISABLE_TELEMETRY, ...others } =
    process.env;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: root,
    env: {
      ...others,
      HOME: home,
      USERPROFILE: home,
      TMPDIR: temporary,
      ...environment,
    },
  });
  let output = '';
  const add = (text: string) => {
    output += text;
  };
  child.stdout.setEncoding('utf8').on('data', add);
  child.stderr.setEncoding('utf8').on('data', add);
  const [exit] = await once(child, 'close');
  const entries = await readdir(home, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  return { exit, output, files };
}

const source = (path: string) => JSON.stringify(compiledUrl(path));
const fitting = (thread: string) => `
  const { fitModel, sampleBatches, inspectEngines, readParquetBatches } = await import(${source('index.js')});
  const batches = [];
  for await (const batch of readParquetBatches('fixtures/penguins.parquet')) batches.push(batch);
  const options = { steps: 1, thread: '${thread}' };
  const model = await fitModel(batches[0].schema, batches, options);
  for await (const batch of sampleBatches(model, { rows: 5 })) console.log(batch.numRows);
`;

describe('private by default', () => {
  it.each([
    ['training on a thread of its own', fitting('worker')],
    ['training on the calling thread', fitting('caller')],
    [
      'looking for engines',
      `const { inspectEngines } = await import(${source('index.js')}); await inspectEngines();`,
    ],
  ])('should leave no file at home: %s', async (_, code) => {
    const { exit, output, files } = await runAtHome(code);

    expect(output).not.toContain('Error');
    expect(exit).toBe(0);
    expect(files).toEqual([]);
  });

  it('should refuse to load onnxruntime first on a thread, where nothing can switch it off', async () => {
    const thread = `
      const { loadRuntime } = await import(${source('compute/onnx/runtime.js')});
      await loadRuntime().catch(({ message }) => console.log(message));
    `;
    const code = `
      const { Worker } = await import('node:worker_threads');
      new Worker(new URL('data:text/javascript,' + encodeURIComponent(${JSON.stringify(thread)})));
    `;

    const { output, files } = await runAtHome(code);
    const told = await runAtHome(code, { ORT_DISABLE_TELEMETRY: '1' });

    expect(output).toMatch(/telemetry.*process\.env\.ORT_DISABLE_TELEMETRY = '1'/);
    expect(files).toEqual([]);
    expect(told).toEqual({ exit: 0, output: '', files: [] });
  });
});
