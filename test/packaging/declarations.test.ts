import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { finishDeclarations } from '../../packaging/declarations.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gan-augment-declarations-'));
});
afterEach(() => rm(folder, { recursive: true }));

const tensors = "import type { Tensor } from '@tensorflow/tfjs-core';\n";
const small = {
  'index.d.ts': "// Errors.\nexport { type Code, Failure, fail } from './errors.js';\n",
  'errors.d.ts': `export type Code = import('./code.js').Code;
export declare class Failure extends Error {}
export declare function fail(code: Code): Failure;
`,
  'code.d.ts': "export type Code = 'a';\n",
  'networks.d.ts': "export type { Layer } from './nn/layer.js';\n",
  'nn/layer.d.ts': `${tensors}export type Layer = (x: Tensor) => Tensor;\n`,
  'testing/index.d.ts': "export type { Code } from '../code.js';\n",
  'cli/run.d.ts': 'export declare function run(): void;\n',
};

async function write(files: Readonly<Record<string, string>>) {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

const read = (path: string) => readFile(join(folder, path), 'utf8');

describe('finishDeclarations', () => {
  it('should keep what users can reach, and no folder that is empty', async () => {
    await write(small);

    finishDeclarations(folder);

    const left = await readdir(folder, { recursive: true });
    expect(left).toEqual(expect.arrayContaining(['errors.d.ts', 'code.d.ts', 'nn/layer.d.ts']));
    expect(left).not.toContain('cli');
  });

  it('should take tensors from the one file of tfjs that compiles by itself', async () => {
    await write(small);

    finishDeclarations(folder);

    expect(await read('nn/layer.d.ts')).toContain("'@tensorflow/tfjs-core/dist/tensor.js'");
  });

  it('should declare values, types and classes for CommonJS', async () => {
    await write(small);

    finishDeclarations(folder);

    const from = "import('./errors.js', { with: { 'resolution-mode': 'import' } })";
    expect((await read('index.d.cts')).trim().split('\n')).toEqual([
      "export type { Code } from './errors.js' with { 'resolution-mode': 'import' };",
      `export declare const Failure: typeof ${from}.Failure;`,
      `export type Failure = ${from}.Failure;`,
      `export declare const fail: typeof ${from}.fail;`,
    ]);
    expect(await read('testing/index.d.cts')).toContain("from '../code.js'");
  });

  it.each([
    ['a declaration that it does not know', 'export declare const x: 1;\n', /has more/],
    ['an alias', "export { fail as lose } from './errors.js';\n", /another name: fail as lose/],
    ['a type of tfjs', "export type { Layer } from './nn/layer.js';\n", /layer\.d\.ts/],
  ])('should refuse a main entry with %s', async (_, text, message) => {
    await write({ ...small, 'index.d.ts': text });

    expect(() => finishDeclarations(folder)).toThrow(message);
  });
});
