/**
 * Whether `npm install gan-augment rxjs apache-arrow` is enough: every client and Node.js, from the
 * tarballs of `npm run release` in a registry of our own on this machine, in an empty folder and an
 * empty home, with this machine's network and without any but the registry. Each ends in the hash of
 * what the README's first example writes. By hand, on Linux x64, as root for the second network:
 *
 *   npm run release && npm run bench -- install [--only CLIENT,…] [--node 20,…] [--network open]
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { clients } from './install/clients.js';
import { startRegistry } from './install/registry.js';
import { installTools } from './install/tools.js';
import { tryInstall } from './install/try-install.js';

const networks = ['open', 'closed'] as const;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', default: Object.keys(clients).join() },
      node: { type: 'string', default: '20,22,24,26' },
      network: { type: 'string', default: networks.join() },
    },
  });
  if (!existsSync('out/release')) throw new Error('run `npm run release` first');
  const folder = resolve('out/install');
  mkdirSync(folder, { recursive: true });
  const tools = installTools(folder);
  const registry = await startRegistry('out/release', folder);
  const outcomes = new Set<string>();
  console.log(
    '| client | Node.js | network | MB | install s | example |\n|---|---|---|---|---|---|',
  );
  try {
    for (const name of values.only.split(',')) {
      for (const node of values.node.split(',')) {
        for (const network of networks.filter((each) => values.network.includes(each))) {
          const outcome = await tryInstall({ name, node, network, folder, tools, registry });
          outcomes.add(outcome.result);
          const { megabytes, seconds, result } = outcome;
          console.log(`| ${name} | ${node} | ${network} | ${megabytes} | ${seconds} | ${result} |`);
        }
      }
    }
  } finally {
    await registry.close();
    rmSync(resolve(folder, 'projects'), { recursive: true, force: true });
  }
  const results = [...outcomes].filter((result) => !result.startsWith('the client needs'));
  const alike = results.length === 1 && /^[0-9a-f]{12}$/.test(results[0] as string);
  console.log(alike ? 'all alike' : `not alike: ${results.join(', ')}`);
  if (!alike) process.exitCode = 1;
}
