import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBatches } from '../../src/data/open.js';
import { type Ran, runCommand } from '../support/run-command.js';
import type { Bundler, Ways } from './bundlers.js';
import { countThreads, service } from './service.js';

/** What came of a bundle. */
export interface Outcome {
  readonly works: boolean;
  /** Whether what went wrong is an error of ours that says what to write. */
  readonly saysWhat: boolean;
  /** For the table. */
  readonly said: string;
}

/** Installs the library and a bundler, and runs the service as it bundles it, in each way. */
export async function tryBundler(folder: string, { outside, inside }: Ways, registry: string) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  await expectDone(
    await runCommand(
      'npm',
      [
        ...['install', '--no-audit', '--no-fund', '--silent', `--registry=${registry}`],
        ...['gan-augment', 'rxjs', 'apache-arrow', ...outside.packages],
      ],
      { cwd: folder },
    ),
  );
  writeFileSync(join(folder, 'service.mjs'), service);
  writeFileSync(join(folder, 'count-threads.cjs'), countThreads);
  cpSync('fixtures/penguins.parquet', join(folder, 'penguins.parquet'));
  const manifest = join(folder, 'node_modules', outside.packages[0] as string, 'package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const outcomes = {
    outside: await bundleAndRun(folder, outside),
    inside: await bundleAndRun(folder, inside),
  };
  return { version, ...outcomes };
}

async function bundleAndRun(folder: string, { files, command }: Bundler): Promise<Outcome> {
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const [program = '', ...args] = command;
  const path = join(folder, 'node_modules', program);
  const bundled = await runCommand(process.execPath, [path, ...args], { cwd: folder });
  if (bundled.status !== 0) return failed('bundling', bundled);
  const output = join(folder, 'augmented.parquet');
  rmSync(output, { force: true });
  const ran = await runCommand(
    process.execPath,
    ['--require', './count-threads.cjs', 'dist/service.mjs', 'penguins.parquet', output],
    { cwd: folder },
  );
  if (ran.status !== 0) return failed('running', ran);
  let rows = 0;
  for await (const batch of readBatches(output)) rows += batch.numRows;
  const threads = Number(ran.stdout.trim());
  const said = `${rows} rows, ${threads} threads`;
  return { works: rows === 491 && threads > 0, saysWhat: false, said };
}

function failed(what: string, { stdout, stderr }: Ran): Outcome {
  const text = `${stdout}\n${stderr}`;
  const lines = text.split('\n');
  // Before the error itself Node.js shows the line of code, which is a whole bundle.
  const line =
    lines.find((each) => /^\w*Error\b/.test(each)) ??
    lines.find((each) => /error/i.test(each)) ??
    text.trim();
  const saysWhat = text.includes('leave gan-augment out of the bundle');
  const said = saysWhat ? 'an error that says what to write' : `${what} fails: ${line.trim()}`;
  return { works: false, saysWhat, said: said.slice(0, 300) };
}

async function expectDone({ status, stderr }: Ran): Promise<void> {
  if (status !== 0) throw new Error(`npm install ends with ${status}: ${stderr}`);
}
