/**
 * Whether the README's first example runs under `node --permission`, with and without native addons, on
 * each Node.js: from the tarballs of a release, in a folder outside of the repository.
 *
 *   npm run release -- --here && npm run bench -- permission [--node 22,24,26] [--write]
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startRegistry } from './install/registry.js';
import { installTools } from './install/tools.js';
import { firstExample } from './support/first-example.js';
import { runCommand } from './support/run-command.js';
import { writeTable } from './support/write-table.js';

const packages = ['gan-augment', 'rxjs', 'apache-arrow'];
const addons = { 'with --allow-addons': ['--allow-addons'], 'without it': [] };

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      node: { type: 'string', default: '22,24,26' },
      write: { type: 'boolean', default: false },
    },
  });
  const tools = installTools(resolve('out/install'));
  mkdirSync('out/install', { recursive: true });
  const registry = await startRegistry('out/release', resolve('out/install'));
  const folder = mkdtempSync(join(tmpdir(), 'gan-augment-permission-'));
  const rows: string[] = [];
  try {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    const address = `--registry=http://127.0.0.1:${registry.port}/`;
    await runCommand('npm', ['install', '--no-audit', address, ...packages], { cwd: folder });
    writeFileSync(join(folder, 'example.mjs'), firstExample());
    for (const major of values.node.split(',')) {
      const node = tools.node(major);
      const cells: string[] = [];
      for (const flags of Object.values(addons)) cells.push(await attempt(node, flags, folder));
      rows.push(`| ${major} | ${cells.join(' | ')} |`);
    }
  } finally {
    await registry.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const head = `| Node.js | ${Object.keys(addons).join(' | ')} |\n|---|---|---|`;
  const table = [head, ...rows].join('\n');
  console.log(table);
  if (values.write) writeTable('docs/installing.md', 'bench permission', table);
}

async function attempt(node: string, flags: readonly string[], folder: string): Promise<string> {
  const allowed = ['--allow-fs-read=*', `--allow-fs-write=${folder}`, '--allow-worker', ...flags];
  const args = ['--permission', ...allowed, 'example.mjs'];
  const { status, stderr } = await runCommand(node, args, { cwd: folder });
  if (status !== 0) {
    const line = stderr.split('\n').find((each) => /Error/.test(each)) ?? stderr.trim();
    return `ends with ${status}: ${line.trim().slice(0, 200)}`;
  }
  const output = join(folder, 'penguins.augmented.parquet');
  const hash = createHash('sha256').update(readFileSync(output)).digest('hex').slice(0, 12);
  rmSync(output);
  return /WebAssembly/.test(stderr) ? `${hash}, by WebAssembly` : hash;
}
