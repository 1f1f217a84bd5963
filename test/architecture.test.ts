import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The rooms of src/, top to bottom: each may import only from those below it. */
const rooms = [
  'index.ts',
  'networks.ts',
  'cli',
  'testing',
  'augment',
  'report',
  'evaluate',
  'gan',
  'nn',
  'makers',
  'features',
  'columns',
  'compute',
  'encode',
  'data',
  'privacy',
  'threads',
  'options',
  'random.ts',
  'random',
  'errors.ts',
  'version.ts',
];

/** Packages that only one room may import. */
const owners: Record<string, string> = {
  commander: 'cli',
  'cli-progress': 'cli',
  'd3-scale': 'report',
  'fast-check': 'testing',
  rxjs: 'augment',
  'onnxruntime-common': 'compute',
  'onnx-buf': 'compute',
  '@bufbuild/protobuf': 'compute',
  '@tensorflow/tfjs-backend-cpu': 'compute',
  '@tensorflow/tfjs-backend-wasm': 'compute',
  '@tensorflow/tfjs-node': 'compute',
  '@tensorflow/tfjs-node-gpu': 'compute',
  'node:child_process': 'compute',
  'parquet-wasm': 'data',
  'csv-parse': 'data',
  hyparquet: 'data',
  zstddec: 'data',
  'hyparquet-writer': 'data',
  'node:fs': 'data',
  'parquetjs-lite': 'data',
  sharp: 'data',
  tinyglobby: 'data',
  'node:worker_threads': 'threads',
  'pure-rand': 'random.ts',
};

/** Packages that every room may speak. */
const vocabularies = ['apache-arrow', '@tensorflow/tfjs-core'];

interface SourceFile {
  /** Path below src/. */
  readonly path: string;
  readonly text: string;
}

/** What is wrong with the imports of some files; empty when nothing is. */
function problemsOf(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => importsOf(file.text).flatMap((target) => problemOf(file, target)));
}

function importsOf(text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
  const pattern = /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\()\s*['"]([^'"]+)['"]/g;
  return [...code.matchAll(pattern)].map((match) => match[1] as string);
}

function problemOf({ path }: SourceFile, target: string): string[] {
  const from = roomOf(path);
  if (!rooms.includes(from)) return [`${path} is in no room`];
  if (target.startsWith('.')) {
    const to = roomOf(posix.join(posix.dirname(path), target).replace(/\.js$/, '.ts'));
    const upwards = rooms.indexOf(to) < rooms.indexOf(from);
    return upwards ? [`${path} imports upwards: ${target}`] : [];
  }
  const name = packageOf(target);
  if (!name.startsWith('node:') || Object.hasOwn(owners, name)) {
    const allowed = vocabularies.includes(name) || owners[name] === from;
    return allowed
      ? []
      : [`${path} imports ${name}, which belongs to ${owners[name] ?? 'no room'}`];
  }
  return [];
}

/** The room of a path below src/, and for a file outside one its name. */
function roomOf(path: string): string {
  return path.split('/')[0] as string;
}

/** The files of src/ that a file imports, types too. */
function targetsOf({ path, text }: SourceFile, known: ReadonlySet<string>): string[] {
  return importsOf(text)
    .filter((target) => target.startsWith('.'))
    .map((target) => posix.join(posix.dirname(path), target).replace(/\.js$/, '.ts'))
    .filter((target) => known.has(target));
}

/** Files that import one another, directly or around: each circle as a list, in order. */
function circlesOf(files: readonly SourceFile[]): string[][] {
  const known = new Set(files.map(({ path }) => path));
  const targets = new Map(files.map((file) => [file.path, targetsOf(file, known)]));
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]) => {
    const start = way.indexOf(path);
    if (start >= 0) circles.push(way.slice(start));
    if (start >= 0 || done.has(path)) return;
    for (const target of targets.get(path) ?? []) visit(target, [...way, path]);
    done.add(path);
  };
  for (const path of known) visit(path, []);
  return circles;
}

const familyRoot = 'gan/families/';

/** What knows all families: the registry, and the types of what is registered. */
const registries = ['registry.ts', 'recipe-option.ts'].map((name) => familyRoot + name);

/** Folders of families: those with a file family.ts, the outermost first. */
function familiesOf(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => /^gan\/families\/.+\/family\.ts$/.test(path))
    .map(({ path }) => posix.dirname(path));
}

/** What files of gan import of families that are none of their business. */
function familyProblemsOf(files: readonly SourceFile[]): string[] {
  const known = new Set(files.map(({ path }) => path));
  const families = familiesOf(files);
  const kinds = [...new Set(families.map((family) => family.split('/').slice(0, 3).join('/')))];
  const within = (path: string, folders: readonly string[]) =>
    folders.filter((folder) => path.startsWith(`${folder}/`));
  return files
    .filter(({ path }) => path.startsWith('gan/') && !registries.includes(path))
    .flatMap((file) =>
      targetsOf(file, known).flatMap((target) => {
        const own = within(file.path, [...kinds, ...families]);
        const strange = within(target, [...kinds, ...families]).filter(
          (folder) => !own.includes(folder),
        );
        return strange.length > 0 ? [`${file.path} knows the family of ${target}`] : [];
      }),
    );
}

function packageOf(target: string): string {
  const [first = '', second] = target.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

function sourceFiles(): SourceFile[] {
  const root = join(dirname(new URL(import.meta.url).pathname), '..', 'src');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({
      path: path.replaceAll('\\', '/'),
      text: readFileSync(join(root, path), 'utf8'),
    }));
}

describe('architecture', () => {
  it('should let rooms import only from rooms below, and packages only where they belong', () => {
    const files = sourceFiles();

    expect(files.length).toBeGreaterThan(50);
    expect(problemsOf(files)).toEqual([]);
  });

  it('should let no file import from one that imports from it, directly or around', () => {
    expect(circlesOf(sourceFiles())).toEqual([]);
  });

  it('should let only the registry know families, and no family another', () => {
    const files = sourceFiles();

    expect(familiesOf(files).length).toBeGreaterThan(2);
    expect(familyProblemsOf(files)).toEqual([]);
  });

  it('should notice a circle, of types too', () => {
    const files = [
      { path: 'gan/a.ts', text: "import type { B } from './b.js';" },
      { path: 'gan/b.ts', text: "import { c } from './x/c.js';" },
      { path: 'gan/x/c.ts', text: "import { a } from '../a.js';" },
    ];

    expect(circlesOf(files)).toEqual([['gan/a.ts', 'gan/b.ts', 'gan/x/c.ts']]);
    expect(circlesOf(files.slice(0, 2))).toEqual([]);
  });

  it.each([
    ['gan/fit/x.ts', '../families/tensor/image/family.js'],
    ['gan/families/tabular/x.ts', '../tensor/image/family.js'],
    ['gan/families/tabular/tvae/family.ts', '../ctgan/family.js'],
    ['gan/families/tabular/x.ts', './ctgan/family.js'],
  ])('should notice that %s knows a family: %s', (path, target) => {
    const files = ['tabular/ctgan', 'tabular/tvae', 'tensor/image'].map((folder) => ({
      path: `${familyRoot}${folder}/family.ts`,
      text: '',
    }));
    const file = { path, text: `import { x } from '${target}';` };

    const others = files.filter((each) => each.path !== path);

    expect(familyProblemsOf([...others, file])).toEqual([
      expect.stringContaining('knows the family'),
    ]);
  });

  it.each([
    ['data/x.ts', "import { a } from '../gan/fit.js';", 'imports upwards'],
    ['gan/x/y.ts', "export * from '../../augment/mix.js';", 'imports upwards'],
    ['gan/x.ts', "const a = await import('../cli/run.js');", 'imports upwards'],
    ['errors.ts', "import { createRandom } from './random.js';", 'imports upwards'],
    ['gan/x.ts', "import { Observable } from 'rxjs';", 'rxjs, which belongs to augment'],
    ['cli/x.ts', "import { readFile } from 'node:fs/promises';", 'node:fs, which belongs to data'],
    ['cli/x.ts', "import { Worker } from 'node:worker_threads';", 'which belongs to threads'],
    ['encode/x.ts', "import 'left-pad';", 'left-pad, which belongs to no room'],
    ['attic/x.ts', "import { a } from '../errors.js';", 'is in no room'],
  ])('should notice when %s says %s', (path, text, problem) => {
    expect(problemsOf([{ path, text }])).toEqual([expect.stringContaining(problem)]);
  });

  it('should not mind imports that point down, nor words in comments', () => {
    const text = [
      "import type { Schema } from 'apache-arrow';",
      "import { x } from '../data/schema.js';",
      "import { createHash } from 'node:crypto';",
      "// import { y } from '../cli/run.js';",
    ].join('\n');

    expect(problemsOf([{ path: 'gan/x.ts', text }])).toEqual([]);
  });
});
