import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const source = JSON.stringify(new URL('../../src/threads/say-once.ts', import.meta.url).href);

it('should say a line once in a process, and not again in threads that it starts', () => {
  const thread = `
    const { register } = await import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))});
    register();
    const { sayOnce } = await import(${source});
    sayOnce('a'); sayOnce('b');
  `;
  const code = `
    const { Worker } = await import('node:worker_threads');
    const { sayOnce } = await import(${source});
    sayOnce('a'); sayOnce('a');
    new Worker(new URL('data:text/javascript,' + encodeURIComponent(${JSON.stringify(thread)})));
  `;

  const { stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', code],
    { cwd: root, encoding: 'utf8' },
  );

  expect(stderr).toBe('gan-augment: a\ngan-augment: b\n');
});
