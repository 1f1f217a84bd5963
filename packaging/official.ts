import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Fetches a package as its makers published it, and unpacks it.
 *
 * @returns Where its files are.
 * @throws Error unless it is, to the bit, what package-lock.json names.
 */
export function fetchOfficial(name: string, version: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', `${name}@${version}`, '--json', '--pack-destination', folder], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as [{ filename: string; integrity: string }];
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const { integrity } = lock.packages[`node_modules/${name}`];
  if (packed.integrity !== integrity) {
    throw new Error(`${name}@${version} is not what package-lock.json names: ${packed.integrity}`);
  }
  const target = join(folder, name);
  mkdirSync(target, { recursive: true });
  execFileSync('tar', [
    '-xzf',
    join(folder, packed.filename),
    '-C',
    target,
    '--strip-components=1',
  ]);
  return target;
}
