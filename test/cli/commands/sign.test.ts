import { generateKeyPairSync } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useDirectory } from '../../data/support/directory.js';
import { runHere } from '../support/console.js';
import { here } from '../support/here.js';
import { penguins } from '../support/penguins.js';

const directory = useDirectory();

/** Paths of a new pair of keys in PEM. */
async function writeKeys() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const paths = {
    publicKey: directory.fresh('public.pem'),
    privateKey: directory.fresh('key.pem'),
  };
  await writeFile(paths.publicKey, publicKey.export({ type: 'spki', format: 'pem' }));
  await writeFile(paths.privateKey, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return paths;
}

describe('train --sign and inspect --verify', () => {
  it('should sign a model, say by whom, and exit with 1 once it is altered', async () => {
    const keys = await writeKeys();
    const model = directory.fresh('model');
    const sign = [...here.train, '--steps', '1', '--sign', keys.privateKey];
    const inspect = ['inspect', model, '--verify', keys.publicKey, '--json'];

    const trained = await runHere(['train', penguins.parquet, '-o', model, ...sign]);
    const right = await runHere(inspect);
    const manifest = join(model, 'model.json');
    await writeFile(
      manifest,
      (await readFile(manifest, 'utf8')).replace('"steps": 1', '"steps": 2'),
    );
    const altered = await runHere(inspect);

    expect([trained.code, right.code, altered.code]).toEqual([0, 0, 1]);
    expect(JSON.parse(right.stdout).signedBy).toMatch(/^[0-9a-f]{64}$/);
    expect(altered.stderr).toMatch(/was altered: its signature is of another model.json/);
    expect(altered.stdout).toBe('');
  });

  it('should refuse a key that cannot be read before it trains', async () => {
    const model = directory.fresh('model');
    const train = ['train', penguins.parquet, '-o', model, '--steps', '1', ...here.train];

    const missing = await runHere([...train, '--sign', directory.fresh('none.pem')]);
    const wrong = await runHere([...train, '--sign', penguins.parquet]);

    expect([missing.code, wrong.code]).toEqual([2, 2]);
    expect(missing.stderr).toMatch(/key cannot be read/);
    expect(wrong.stderr).toMatch(/private key cannot be read: it is no PEM/);
  });
});
