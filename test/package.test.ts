import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { version } from '../src/version.js';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json'));

describe('package.json', () => {
  it('should have the version that the library says it has, with a changelog entry', () => {
    expect(version).toBe(manifest.version);
    expect(read('CHANGELOG.md')).toContain(`## ${manifest.version}`);
  });

  it('should be an ES module with types for each export, and a binary', () => {
    expect(manifest.type).toBe('module');
    expect(manifest.exports['.']).toEqual({
      require: { types: './dist/index.d.cts', default: './dist/index.js' },
      types: './dist/index.d.ts',
      default: './dist/index.js',
    });
    expect(manifest.bin['gan-augment']).toBe('./dist/cli/main.js');
  });

  it('should leave rxjs and apache-arrow to the user, in the ranges that it works with', () => {
    expect(manifest.peerDependencies).toMatchObject({ 'apache-arrow': '^21.0.0', rxjs: '^7.8.0' });
    expect(manifest.peerDependenciesMeta).not.toHaveProperty('apache-arrow');
    expect(manifest.peerDependenciesMeta).not.toHaveProperty('rxjs');
  });

  it.each(['parquetjs-lite', 'fast-check'])(
    'should leave it to the user whether to install %s',
    (name) => {
      expect(manifest.peerDependencies).toHaveProperty(name);
      expect(manifest.peerDependenciesMeta[name]).toEqual({ optional: true });
    },
  );

  it('should say where it comes from, and where to ask', () => {
    const address = 'https://github.com/gan-augment/gan-augment';
    expect(manifest.repository.url).toBe(`git+${address}.git`);
    expect(manifest.homepage).toBe(`${address}#readme`);
    expect(manifest.bugs).toBe(`${address}/issues`);
  });

  it('should pin development dependencies exactly', () => {
    for (const [name, range] of Object.entries(manifest.devDependencies)) {
      expect(range, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    }
  });

  it('should run no install script of a dependency, and none of its own', () => {
    for (const hook of ['preinstall', 'install', 'postinstall', 'prepare']) {
      expect(manifest.scripts).not.toHaveProperty(hook);
    }
    expect(read('.npmrc')).toContain('ignore-scripts=true');
  });

  it('should lock versions without the addresses they came from', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });
});
