import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type Manifest,
  publishedManifest,
  systemManifest,
  wasmManifest,
} from '../../packaging/manifests.js';
import {
  nativePackages,
  wasmPackage,
  wasmPackages,
} from '../../src/compute/onnx/runtime-packages.js';
import { packageOf, type System, systems } from '../../src/compute/onnx/systems.js';

const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
const root = JSON.parse(text) as Manifest;

describe('what is published', () => {
  it('should run no script, of its own or of what it depends on', () => {
    const published: Record<string, unknown> = publishedManifest(root, '1.30.0');

    expect(published).not.toHaveProperty('scripts');
    expect(published).toMatchObject({ name: 'gan-augment', exports: root.exports });
    const dependencies = Object.keys(published.dependencies as object);
    expect(dependencies).not.toContain('onnxruntime-node');
    // What only optional packages need, pnpm does not install.
    expect(dependencies).toContain('onnxruntime-common');
    for (const manifest of [
      systemManifest(root, '1.30.0', systems[0] as System),
      wasmManifest(root, '1'),
    ]) {
      expect(manifest).not.toHaveProperty('scripts');
    }
  });

  it('should bring every library at one exact version, each on its own system', () => {
    const { optionalDependencies } = publishedManifest(root, '1.30.0');

    expect(Object.keys(optionalDependencies).sort()).toEqual(
      [...systems.map(packageOf), wasmPackage].sort(),
    );
    expect(new Set(Object.values(optionalDependencies))).toEqual(new Set(['1.30.0']));
    for (const system of systems) {
      const { os, cpu } = systemManifest(root, '1.30.0', system);
      expect([os, cpu]).toEqual([[system.os], [system.cpu]]);
    }
  });

  it('should be published by its release alone: the repository names no libraries', () => {
    expect(root.private).toBe(true);
    expect(publishedManifest(root, '1.30.0')).not.toHaveProperty('private');
  });

  it('should have the names that are looked for', () => {
    const here = packageOf({ os: process.platform, cpu: process.arch } as System);

    expect(nativePackages).toContain(here);
    expect(wasmPackages).toContain(wasmPackage);
  });
});
