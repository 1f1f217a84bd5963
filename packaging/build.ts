/** Makes dist/ anew: the package's JavaScript, and declarations of what users import. `npm run build`. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.js';
import { finishDeclarations } from './declarations.js';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = `${root}dist`;

rmSync(dist, { recursive: true, force: true });
await bundle(dist);
execFileSync(
  process.execPath,
  ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json'],
  { cwd: root, stdio: 'inherit' },
);
finishDeclarations(dist);
