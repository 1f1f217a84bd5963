import { describe, expect, it } from 'vitest';
import { readBatches } from '../../../src/data/open.js';
import { checkAugmented } from '../../../src/testing/check-augmented.js';
import { collect } from '../../data/support/arbitrary-batches.js';
import { useDirectory } from '../../data/support/directory.js';
import { runHere } from '../support/console.js';
import { penguins } from '../support/penguins.js';

const directory = useDirectory();

describe('demo', () => {
  it('should augment what comes with the package, and show what it did', async () => {
    const output = directory.fresh('parquet');

    const { code, stdout, stderr } = await runHere(['demo', '--steps', '1', '-o', output]);

    expect(code).toBe(0);
    expect(stderr).toContain("penguins.parquet → ganAugment({ ratio: 0.3, seed: 0, mark: 'is_");
    expect(stderr).toContain(`wrote ${output}\n`);
    expect(stdout).toContain('344 real rows, 147 synthetic rows');
    expect(stdout).toMatch(/^body_mass_g +mean ± sd +4201\.8 ± 800\.8 +\d/m);
    expect(stdout).toMatch(/^Some of the synthetic rows:\n\nspecies +island .*sex\n(.+\n){4}\n/m);
    expect(stderr).not.toContain('gan-augment: training goes on');
    const [real, out] = await Promise.all(
      [penguins.parquet, output].map((path) => collect(readBatches(path))),
    );
    checkAugmented(real ?? [], out ?? [], { ratio: 0.3, mark: 'is_synthetic' });
  });

  it('should refuse an output that cannot be written, before any training', async () => {
    const { code, stderr } = await runHere(['demo', '-o', directory.fresh('doc')]);

    expect(code).toBe(2);
    expect(stderr).not.toContain('training');
  });
});
