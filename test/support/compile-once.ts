import { rmSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { TestProject } from 'vitest/node';
import { bundle } from '../../packaging/bundle.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** What tests import of the compiled package beside what it shows to everyone. */
const inner = ['compute/engines/child', 'compute/onnx/runtime'];

/**
 * Compiles the package before the tests, so that threads and processes which they start need not:
 * through tsx each takes two processor seconds more. Types are checked elsewhere.
 */
export default async function compileOnce(project: TestProject): Promise<() => void> {
  const directory = `${root}out/compiled-${process.pid}/`;
  const compile = () => bundle((module) => `${root}src/${module}.ts`, directory, inner);
  await compile();
  project.onTestsRerun(compile);
  process.env.GAN_AUGMENT_COMPILED = pathToFileURL(directory).href;
  return () => rmSync(directory, { recursive: true, force: true });
}
