import { wasmPackage } from '../src/compute/onnx/runtime-packages.js';
import { packageOf, type System, systems } from '../src/compute/onnx/systems.js';

/** What is read of the repository's package.json. */
export interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

const shared = ({ repository, homepage, bugs }: Manifest) => ({
  license: 'MIT',
  author: 'Microsoft Corporation',
  ...(repository ? { repository, homepage, bugs } : {}),
});

/** The manifest of a package that holds onnxruntime for one system; it runs no script. */
export function systemManifest(root: Manifest, version: string, system: System) {
  const { os, cpu, libc } = system;
  return {
    name: packageOf(system),
    version,
    description: `onnxruntime-node ${version} for ${os} ${cpu} alone, for gan-augment`,
    ...shared(root),
    main: 'dist/index.js',
    os: [os],
    cpu: [cpu],
    ...(libc ? { libc: [libc] } : {}),
    dependencies: { 'onnxruntime-common': version },
    // Yarn's Plug'n'Play cannot load a native library out of an archive.
    preferUnplugged: true,
  };
}

/** The manifest of the package that holds onnxruntime as WebAssembly. */
export function wasmManifest(root: Manifest, version: string) {
  return {
    name: wasmPackage,
    version,
    description: `onnxruntime-web ${version}, its WebAssembly for Node.js alone, for gan-augment`,
    ...shared(root),
    type: 'module',
    main: 'index.mjs',
    dependencies: { 'onnxruntime-common': version },
  };
}

/**
 * The manifest that gan-augment is published with: the repository's, without what only its
 * developers need, and with the packages that its build made.
 */
export function publishedManifest(root: Manifest, runtimeVersion: string) {
  const { private: _, devDependencies: __, scripts: ___, ...published } = root;
  const names = [...systems.map(packageOf), wasmPackage].sort();
  // A dependency of the packages too; pnpm leaves it out where only optional ones need it.
  const dependencies = { ...root.dependencies, 'onnxruntime-common': runtimeVersion };
  return {
    ...published,
    dependencies,
    optionalDependencies: Object.fromEntries(names.map((name) => [name, runtimeVersion])),
  };
}
