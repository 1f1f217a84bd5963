/**
 * Whether a small service works when esbuild, vite (ssr) and webpack have bundled it: from the tarballs
 * of `npm run release`, in an empty folder, with a training thread. Once with what docs/installing.md
 * says to write, and once with the library in the bundle after all, which is to work, or to end in an
 * error that says what to write.
 *
 *   npm run release -- --here && npm run bench -- bundlers [--only esbuild,…] [--write]
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startRegistry } from '../install/registry.js';
import { writeTable } from '../support/write-table.js';
import { bundlers } from './bundlers.js';
import { tryBundler } from './try-bundler.js';

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', default: Object.keys(bundlers).join() },
      write: { type: 'boolean', default: false },
    },
  });
  if (!existsSync('out/release')) throw new Error('run `npm run release -- --here` first');
  // Not below the repository, whose own packages would be found.
  const folder = mkdtempSync(join(tmpdir(), 'gan-augment-bundlers-'));
  const registry = await startRegistry('out/release', folder);
  const rows: string[] = [];
  try {
    for (const name of values.only.split(',')) {
      const ways = bundlers[name];
      if (!ways) throw new Error(`no bundler ${name}: ${Object.keys(bundlers).join(', ')}`);
      const address = `http://127.0.0.1:${registry.port}/`;
      const { version, outside, inside } = await tryBundler(join(folder, name), ways, address);
      rows.push(`| ${name} ${version} | ${outside.said} | ${inside.said} |`);
      if (!outside.works || !(inside.works || inside.saysWhat)) process.exitCode = 1;
    }
  } finally {
    await registry.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const head = '| bundler | left out of the bundle | in the bundle |\n|---|---|---|';
  const table = [head, ...rows].join('\n');
  console.log(table);
  if (values.write) writeTable('docs/installing.md', 'bench bundlers', table);
}
