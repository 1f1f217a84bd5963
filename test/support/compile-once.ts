import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { TestProject } from 'vitest/node';

const root = fileURLToPath(new URL('../../', import.meta.url));
const compiler = `${root}node_modules/typescript/bin/tsc`;

/**
 * Compiles the package before the tests, so that threads and processes which they start need not:
 * through tsx each takes two processor seconds more. Types are checked elsewhere.
 */
export default function compileOnce(project: TestProject): () => void {
  const directory = `${root}out/compiled-${process.pid}/`;
  const fast = ['--noCheck', '--declaration', 'false', '--sourceMap', 'false'];
  const compile = () =>
    execFileSync(
      process.execPath,
      [compiler, '--project', 'tsconfig.build.json', '--outDir', directory, ...fast],
      { cwd: root, stdio: 'inherit' },
    );
  compile();
  project.onTestsRerun(async () => void compile());
  process.env.GAN_AUGMENT_COMPILED = pathToFileURL(directory).href;
  return () => rmSync(directory, { recursive: true, force: true });
}
