import { describe, expect, it } from 'vitest';
import { style } from '../../src/report/style.js';

/** Relative luminance of a colour such as #0b57d0 (WCAG 2.2). */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The colours of both schemes by their names. */
const schemes = [...style.matchAll(/:root \{([^}]+)\}/g)].map(([, block = '']) =>
  Object.fromEntries(
    [...block.matchAll(/--([a-z]+): (#[0-9a-f]{6})/g)].map(([, name, color]) => [name, color]),
  ),
) as Record<string, string>[];

describe('the colours of a report', () => {
  it('should be of a light and a dark scheme', () => {
    expect(schemes.map((scheme) => Object.keys(scheme).sort())).toEqual([
      ['card', 'line', 'page', 'real', 'soft', 'synthetic', 'text'],
      ['card', 'line', 'page', 'real', 'soft', 'synthetic', 'text'],
    ]);
  });

  it.each([
    ['text', 'page', 4.5],
    ['text', 'card', 4.5],
    ['soft', 'page', 4.5],
    ['soft', 'card', 4.5],
    ['synthetic', 'page', 4.5],
    // Bars and points are no text.
    ['real', 'page', 3],
    ['real', 'card', 3],
    ['synthetic', 'card', 3],
  ])('should set %s apart from %s, in both schemes', (front = '', back = '', least) => {
    for (const scheme of schemes) {
      expect(contrast(scheme[front] ?? '', scheme[back] ?? '')).toBeGreaterThanOrEqual(least);
    }
  });

  it('should set real and synthetic apart in grey', () => {
    for (const { real = '', synthetic = '' } of schemes) {
      expect(contrast(real, synthetic)).toBeGreaterThan(1.6);
    }
  });
});
