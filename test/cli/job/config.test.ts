import { writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { jobSchema } from '../../../src/cli/job/schema.js';
import { readBatches } from '../../../src/data/open.js';
import { collect } from '../../data/support/arbitrary-batches.js';
import { useDirectory } from '../../data/support/directory.js';
import { runHere } from '../support/console.js';

const directory = useDirectory();
const input = 'fixtures/penguins.parquet';
let model: string;

/** A job file that says this. */
async function jobOf(job: unknown): Promise<string> {
  const path = directory.fresh('json');
  await writeFile(path, typeof job === 'string' ? job : JSON.stringify(job));
  return path;
}

/** Rows of a file, and how many of them are marked as synthetic. */
async function countsOf(path: string) {
  const batches = await collect(readBatches(path));
  const marks = batches.flatMap((batch) => [...(batch.getChild('made') ?? [])]);
  return [marks.length, marks.filter(Boolean).length];
}

beforeAll(async () => {
  model = directory.fresh('model');
  const fit = { steps: 1, seed: 3, rows: 100, learn: { sex: { kind: 'null' } } };
  const config = await jobOf({ command: 'train', input, output: model, ...fit });

  const { code, stderr } = await runHere(['train', '--config', config]);

  expect([code, stderr]).toEqual([0, expect.stringContaining('100 rows, 1 step')]);
}, 120_000);

describe('--config', () => {
  it('should augment by a job alone', async () => {
    const output = directory.fresh('parquet');
    const config = await jobOf({
      $schema: 'node_modules/gan-augment/options.schema.json',
      ...{ input: [input], output, model, ratio: 0.5, mark: 'made', limit: 30 },
      ...{ placement: 'append', write: { compression: 'snappy' } },
    });

    const { code } = await runHere(['augment', '--config', config]);

    expect(code).toBe(0);
    expect(await countsOf(output)).toEqual([374, 30]);
  });

  it('should let flags go first', async () => {
    const [output, other] = [directory.fresh('parquet'), directory.fresh('parquet')];
    const config = await jobOf({ output, model, ratio: 0.5, mark: 'made', limit: 30 });

    const flags = ['-o', other, '--limit', '7', '--ratio', '0.25', '--json'];
    const { code, stdout } = await runHere(['augment', input, '--config', config, ...flags]);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ output: other, ratio: 0.25, seed: 0 });
    expect(await countsOf(other)).toEqual([351, 7]);
  });

  it.each([
    ['{"ratio":', /is no JSON/],
    [{ ratios: 0.3 }, /option 'ratios' is not known: 0.3 \(a number\). Did you mean 'ratio'/],
    [{ steps: 300 }, /option 'steps' is not known: 300 \(a number\). It belongs in 'fit'/],
    [{ fit: 300 }, /fit must be an object of options: 300 \(a number\)/],
    [{ write: { compression: 'zip' } }, /write.compression must be one of/],
    [{ progress: 'log' }, /option 'progress' is not known/],
    [{ command: 'train' }, /command must be one of 'augment': 'train'/],
    [[], /options must be an object of options/],
  ])('should refuse %j before anything is read or written', async (job, problem) => {
    const output = directory.fresh('parquet');
    const config = await jobOf(job);

    const { code, stderr } = await runHere([
      ...['augment', '/no/such/file', '-o', output, '--ratio', '0.3'],
      ...['--config', config],
    ]);

    expect(code).toBe(2);
    expect(stderr).toMatch(problem);
    expect(stderr).toContain(config);
  });

  it('should say what is missing, as flag and in the job', async () => {
    const config = await jobOf({ ratio: 0.3 });

    const { code, stderr } = await runHere(['augment', input, '--config', config]);

    expect(code).toBe(2);
    expect(stderr).toContain(
      "'-o, --output <file>' not specified. Give it, or 'output' in the file",
    );
  });
});

describe('options.schema.json', () => {
  it('should be made of the descriptions: `npx vitest run test/cli/job --update` makes it anew', async () => {
    const schema = `${JSON.stringify(jobSchema(), undefined, 2)}\n`;

    await expect(schema).toMatchFileSnapshot('../../../options.schema.json');
  });

  it('should describe what the commands take, nested options too', () => {
    const { $defs } = jobSchema() as {
      $defs: Record<string, { properties: Record<string, object> }>;
    };

    expect(Object.keys($defs)).toEqual(['augment', 'train']);
    expect($defs.augment?.properties).toMatchObject({
      ratio: { description: 'share of the output rows that is synthetic, in [0, 1)' },
      fit: { properties: { steps: { type: 'integer', minimum: 1 } }, additionalProperties: false },
      write: { properties: { compression: { enum: expect.arrayContaining(['zstd']) } } },
    });
    expect($defs.augment?.properties).not.toHaveProperty('signal');
  });
});
