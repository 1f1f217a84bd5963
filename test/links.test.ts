import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'fixtures/README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && !path.includes('node_modules'))
    .map((path) => `docs/${path}`),
];
const repository = 'https://github.com/gan-augment/gan-augment/blob/main/';
const pictures = 'https://raw.githubusercontent.com/gan-augment/gan-augment/main/';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Where the links of a page lead, code aside. */
function linksOf(page: string): string[] {
  const text = read(page)
    .replaceAll(/```[\s\S]*?```/g, '')
    .replaceAll(/`[^`]*`/g, (code) => (code.includes('](') ? '' : code));
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

/** The anchors that GitHub gives a page's headings. */
function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The file of the repository, and the heading of it, that a link leads to; undefined outside. */
function placeOf(page: string, target: string): [path: string, anchor?: string] | undefined {
  for (const address of [repository, pictures]) {
    if (target.startsWith(address)) return split(target.slice(address.length));
  }
  if (/^[a-z]+:/.test(target)) return undefined;
  if (target.startsWith('#')) return [page, target.slice(1)];
  return split(join(dirname(page), target));
}

function split(target: string): [path: string, anchor?: string] {
  return target.split('#') as [string, string?];
}

describe.each(pages)('%s', (page) => {
  it('should link to nothing that is not there', () => {
    const broken = linksOf(page).filter((target) => {
      const [path, anchor] = placeOf(page, target) ?? [];
      if (path === undefined) return false;
      if (!existsSync(join(root, path))) return true;
      return anchor !== undefined && !anchorsOf(path).includes(anchor);
    });

    expect(broken).toEqual([]);
  });
});

describe('README.md', () => {
  it('should have links and pictures that work from the npm page too', () => {
    const links = linksOf('README.md');

    expect(links.length).toBeGreaterThan(8);
    expect(links.filter((target) => !/^(https:|#)/.test(target))).toEqual([]);
  });
});
