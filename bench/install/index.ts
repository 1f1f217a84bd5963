/**
 * Whether `npm install gan-augment rxjs apache-arrow` is enough: every client and Node.js, from the
 * tarballs of `npm run release` in a registry of our own on this machine, in an empty folder and an
 * empty home, with this machine's network and without any but the registry. Each ends in the hash of
 * what the README's first example writes. By hand, on Linux x64, as root for the second network:
 *
 *   npm run release && npm run bench -- install [--only CLIENT,…] [--node 20,…] [--network open]
 *
 * Cells are kept in out/install/cells.json, and run again only with --again; --write puts the table of
 * all of them into docs/installing.md.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeTable } from '../support/write-table.js';
import { clients } from './clients.js';
import { startRegistry } from './registry.js';
import { cellsTable, isHash, keepCell, readCells } from './table.js';
import { installTools } from './tools.js';
import { tryInstall } from './try-install.js';

const networks = ['open', 'closed'] as const;
const nodes = ['20', '22', '24', '26'];

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', default: Object.keys(clients).join() },
      node: { type: 'string', default: nodes.join() },
      network: { type: 'string', default: networks.join() },
      again: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  if (!existsSync('out/release')) throw new Error('run `npm run release` first');
  const folder = resolve('out/install');
  mkdirSync(folder, { recursive: true });
  const kept = join(folder, 'cells.json');
  const wanted = values.only
    .split(',')
    .flatMap((name) =>
      values.node
        .split(',')
        .flatMap((node) =>
          networks
            .filter((network) => values.network.includes(network))
            .map((network) => ({ name, node, network })),
        ),
    );
  const isKept = ({ name, node, network }: (typeof wanted)[number]) =>
    readCells(kept).some(
      (cell) => cell.name === name && cell.node === node && cell.network === network,
    );
  const missing = values.again ? wanted : wanted.filter((each) => !isKept(each));
  if (missing.length > 0) {
    const tools = installTools(folder);
    const registry = await startRegistry('out/release', folder);
    // Not below the repository, whose own packages would be found.
    const projects = mkdtempSync(join(tmpdir(), 'gan-augment-install-'));
    try {
      for (const each of missing) {
        const { seconds, ...outcome } = await tryInstall({ ...each, projects, tools, registry });
        keepCell(kept, { ...each, ...outcome });
        console.error(
          `${each.name}, Node.js ${each.node}, ${each.network}: ${outcome.result} (${seconds} s)`,
        );
      }
    } finally {
      await registry.close();
      rmSync(projects, { recursive: true, force: true });
    }
  }
  const order = Object.keys(clients);
  const cells = readCells(kept).sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  const table = cellsTable(cells, nodes);
  console.log(table);
  if (values.write) writeTable('docs/installing.md', 'bench install', table);
  const results = cells.map(({ result }) => result);
  const ran = new Set(results.filter((result) => !result.startsWith('needs')));
  if (ran.size !== 1 || ![...ran].every(isHash)) {
    console.log(`not alike: ${[...ran].join(', ')}`);
    process.exitCode = 1;
  }
}
