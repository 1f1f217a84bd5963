import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { useDirectory } from '../../data/support/directory.js';
import { runHere } from '../support/console.js';
import { penguins, useModel } from '../support/penguins.js';

const [real, synthetic, holdout] = ['real', 'synthetic', 'holdout'].map((name) =>
  fileURLToPath(new URL(`../../evaluate/expected/${name}.parquet`, import.meta.url)),
) as [string, string, string];

const directory = useDirectory();
const model = useModel();

/** A slow machine is told what is measured. */
const withoutProgress = (stderr: string) => stderr.replaceAll(/^measuring: .*\n/gm, '');

describe('report', () => {
  it('should say on stdout what was found, and what was measured', async () => {
    const args = [
      'report',
      real,
      synthetic,
      '--holdout',
      holdout,
      '--target',
      'label',
      '--model',
      'linear',
    ];

    const { code, stdout, stderr } = await runHere(args);

    expect([code, withoutProgress(stderr)]).toEqual([0, '']);
    expect(stdout).toContain('20 of the synthetic rows are equal to a real row in every column');
    expect(stdout).toMatch(/^Adding the synthetic rows (helps|hurts|makes no clear difference)/m);
    expect(stdout).toMatch(/age +KSComplement +0\.91/);
    expect(stdout).toMatch(/wealth – savings +CorrelationSimilarity/);
    expect(stdout).toMatch(/averagePrecision +0\.\d+ ± 0\.\d+/);
  });

  it('should say too what drives the rows of a model', async () => {
    const { code, stdout } = await runHere([
      ...['report', penguins.parquet, penguins.parquet, '--rows', '100'],
      ...['--explain', model.path, '--json'],
    ]);

    expect(code).toBe(0);
    expect(JSON.parse(stdout).explanation.effects.length).toBeGreaterThan(3);
  });

  it('should give the same JSON on stdout and in a file', async () => {
    const file = directory.fresh('json');

    const printed = await runHere(['report', real, synthetic, '--json']);
    const written = await runHere(['report', real, synthetic, '--json', file]);

    expect([printed.code, written.code]).toEqual([0, 0]);
    expect(await readFile(file, 'utf8')).toBe(printed.stdout);
    expect(withoutProgress(written.stderr)).toBe(`wrote ${file}\n`);
    const report = JSON.parse(printed.stdout);
    expect(report.rows).toEqual({
      real: { total: 400, drawn: 400 },
      synthetic: { total: 300, drawn: 300 },
      holdout: null,
    });
    expect(report.utility).toBeNull();
    expect(report.findings.at(-1)).toContain('name a target and held-out rows');
  });

  it('should write a page that needs nothing else', async () => {
    const file = directory.fresh('html');

    const { code, stderr } = await runHere(['report', real, synthetic, '-o', file]);

    const page = await readFile(file, 'utf8');
    expect([code, withoutProgress(stderr)]).toEqual([0, `wrote ${file}\n`]);
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).not.toMatch(/<script|https?:|<link|@import|url\(/);
  });

  it.each([
    [['report', real], 'missing required argument'],
    [
      ['report', real, synthetic, '--holdout', holdout, '--target', 'lable'],
      "Did you mean 'label'?",
    ],
    [
      ['report', real, synthetic, '--fairness', 'label'],
      'fairness is of models that predict a target on held-out rows',
    ],
    [['report', real, 'missing.parquet'], 'missing.parquet'],
    [['report', real, synthetic, '--json', '/nowhere/report.json'], 'does not exist: /nowhere'],
  ])('should refuse %j', async (args, problem) => {
    const { code, stdout, stderr } = await runHere(args);

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(problem);
  });
});
