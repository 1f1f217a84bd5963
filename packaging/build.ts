/** Makes dist/ anew: the package's JavaScript, and declarations of what users import. `npm run build`. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.js';
import { finishDeclarations } from './declarations.js';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = `${root}dist`;

rmSync(dist, { recursive: true, force: true });
execFileSync(
  process.execPath,
  ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json'],
  { cwd: root, stdio: 'inherit' },
);
const joined = mkdtempSync(join(tmpdir(), 'gan-augment-build-'));
await bundle((module) => `${dist}/${module}.js`, joined);
for (const path of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  if (path.endsWith('.js')) rmSync(`${dist}/${path}`);
}
cpSync(joined, dist, { recursive: true });
rmSync(joined, { recursive: true });
finishDeclarations(dist);
