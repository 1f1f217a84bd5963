import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { useModel } from '../cli/support/penguins.js';

/** Tests of python/, by unittest, and the module that each needs besides pyarrow. */
const files = [
  { file: 'test_augment', needs: 'pyarrow' },
  { file: 'test_faults', needs: 'pyarrow' },
  { file: 'test_binary', needs: 'pyarrow' },
  { file: 'test_training', needs: 'pyarrow' },
  { file: 'test_spark', needs: 'pyspark' },
  { file: 'test_ray', needs: 'ray' },
  { file: 'test_dask', needs: 'dask.dataframe' },
  { file: 'test_polars', needs: 'polars' },
  { file: 'test_datafusion', needs: 'datafusion' },
];
const python = process.env.PYTHON ?? 'python3';
const root = fileURLToPath(new URL('../..', import.meta.url));

function canImport(name: string): boolean {
  const finding = `import importlib.util as u, pyarrow; raise SystemExit(u.find_spec('${name}') is None)`;
  return spawnSync(python, ['-c', finding]).status === 0;
}

describe('python/gan_augment', () => {
  const model = useModel();

  for (const { file, needs } of files) {
    const isThere = canImport(needs);
    const why = isThere ? '' : ` (skipped: ${python} has no ${needs}, or no pyarrow)`;
    it.skipIf(!isThere)(
      `should pass ${file}.py${why}`,
      async () => {
        const env = {
          ...process.env,
          PYTHONPATH: `${root}python`,
          PYTHONDONTWRITEBYTECODE: '1',
          GAN_AUGMENT: `${process.execPath} --import ${import.meta.resolve('tsx')} ${root}src/cli/main.ts`,
          GAN_AUGMENT_TEST_MODEL: model.path,
        };

        const { stderr } = await promisify(execFile)(python, ['-m', 'unittest', file], {
          cwd: `${root}test/python`,
          env,
          maxBuffer: 2 ** 26,
        });

        // A file without tests does not pass.
        expect(stderr).toMatch(/Ran [1-9]\d* tests?/);
      },
      600_000,
    );
  }
});
