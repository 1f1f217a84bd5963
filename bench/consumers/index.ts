/**
 * Whether strict TypeScript projects of users compile, declarations of libraries checked too: from
 * what npm would pack, in an empty folder.
 *
 *   npm run build && npm run bench -- consumers [--typescript 5.9,…] [--resolution nodenext,…] [--write]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeTable } from '../support/write-table.js';
import { compile, type Outcome } from './compile.js';
import { type Consumer, consumers } from './sources.js';

const versions = ['5.4', '5.7', '5.9', '7.0'];
const resolutions = ['nodenext', 'node16', 'bundler'] as const;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      typescript: { type: 'string', default: versions.join() },
      resolution: { type: 'string', default: resolutions.join() },
      write: { type: 'boolean', default: false },
    },
  });
  const chosen = resolutions.filter((each) => values.resolution.split(',').includes(each));
  const kinds = Object.keys(consumers) as Consumer[];
  const rows = [
    `| TypeScript | moduleResolution | ${kinds.join(' | ')} |`,
    `|---|---|${kinds.map(() => '---|').join('')}`,
  ];
  const outcomes: Outcome[] = [];
  // Not below the repository, whose own packages would be found.
  const folder = mkdtempSync(join(tmpdir(), 'gan-augment-consumers-'));
  try {
    install(folder);
    for (const version of values.typescript.split(',')) {
      for (const resolution of chosen) {
        const row = kinds.map((kind) => compile({ folder, version, resolution, kind }));
        outcomes.push(...row);
        rows.push(`| ${version} | ${resolution} | ${row.map(({ said }) => said).join(' | ')} |`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(rows.join('\n'));
  if (values.write) writeTable('docs/installing.md', 'bench consumers', rows.join('\n'));
  // The first error of each compilation: tfjs's own would fill pages.
  const details = new Set(outcomes.flatMap(({ errors }) => errors.slice(0, 1)));
  for (const line of details) console.log(line);
}

/** The packed library and its peers, with each TypeScript under a name of its own. */
function install(folder: string): void {
  const npm = (...args: string[]) =>
    execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const packed = JSON.parse(
    npm('pack', '--json', '--silent', '--ignore-scripts', '--pack-destination', folder),
  ) as [{ filename: string }];
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  npm(
    ...['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', '--silent'],
    ...[join(folder, packed[0].filename), 'rxjs', 'apache-arrow'],
    ...versions.map((version) => `typescript-${version}@npm:typescript@${version}`),
  );
}
