import {
  afterAll,
  afterEach,
  beforeEach,
  describe,
  expect,
  it,
  type MockInstance,
  vi,
} from 'vitest';
import { compareOnDigits } from '../../examples/digits-classifier.js';
import { compareOnTable } from '../../examples/table-classifier.js';
import { restoreBackend } from '../../src/compute/with-backend.js';

let log: MockInstance;

beforeEach(() => {
  log = vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => log.mockRestore());
// tfjs chose one to train classifiers on.
afterAll(() => restoreBackend(undefined));

describe('examples/table-classifier', () => {
  it('should compare classifiers for each seed, and say what they were trained on', async () => {
    const options = { seeds: '2', recipe: 'copula', epochs: '20', rows: '80' };

    const compared = await compareOnTable(options);

    expect(compared).toHaveLength(2);
    // Half of the penguins are of either sex: both have learned something.
    for (const { real, augmented } of compared) {
      expect(real).toBeGreaterThan(0.6);
      expect(augmented).toBeGreaterThan(0.6);
    }
    const { trainedOn } = compared[0] ?? {};
    expect(trainedOn?.augmentations).toMatchObject([{ recipe: 'copula', ratio: 0.5 }]);
    // A penguin whose sex is not known is left out, made or not.
    expect((trainedOn?.rows ?? 0) + (trainedOn?.droppedRows ?? 0)).toBe(160);
    expect(log.mock.lastCall?.[0]).toMatch(/^\| mean ± standard deviation \| \d+\.\d ± \d+\.\d \|/);
  });

  it('should give the same for the same seed', async () => {
    const options = { seeds: '1', recipe: 'copula', epochs: '2' };

    const [once] = await compareOnTable(options);
    const [again] = await compareOnTable(options);

    expect(again).toEqual(once);
  });
});

describe('examples/digits-classifier', () => {
  it('should compare classifiers of images', async () => {
    const options = { rows: '64', tests: '64', width: '0.1', steps: '2', epochs: '2', seeds: '1' };

    const [compared] = await compareOnDigits(options);

    expect(compared?.real).toBeGreaterThan(0);
    expect(compared?.trainedOn).toMatchObject({ rows: 128, syntheticRows: 64 });
  });
});
