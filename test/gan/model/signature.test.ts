import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GanAugmentError, InvalidOptionError, SignatureError } from '../../../src/errors.js';
import { loadModel, saveModel, verifyModel } from '../../../src/gan/model/directory.js';
import type { Model } from '../../../src/gan/model/model.js';
import { signManifest, verifyManifest } from '../../../src/gan/model/signature.js';
import { hastyModel, penguins } from '../../augment/penguins.js';
import { caseCount } from '../../support/cases.js';

const pem = ({ publicKey, privateKey }: ReturnType<typeof makeKeys>) => ({
  publicKey: publicKey.export({ type: 'spki', format: 'pem' }) as string,
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
});
const makeKeys = () => generateKeyPairSync('ed25519');
const [own, other] = [pem(makeKeys()), pem(makeKeys())];

let root: string;
let directory: string;
let model: Model;

beforeAll(async () => {
  model = await hastyModel(await penguins());
});
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'gan-augment-'));
  directory = join(root, 'model');
  await saveModel(model, directory, { signingKey: own.privateKey });
});
afterEach(() => rm(root, { recursive: true }));

describe('verifyModel', () => {
  it('should load a model that was signed with the key', async () => {
    const verified = await verifyModel(directory, own.publicKey);

    expect(verified.id).toBe(model.id);
    expect((await loadModel(directory)).id).toBe(model.id);
    expect((await readdir(directory)).sort()).toEqual([
      'generator.onnx',
      'model.json',
      'model.sig',
    ]);
  });

  it('should refuse the signature of another key, naming both', async () => {
    const verifying = verifyModel(directory, other.publicKey);

    await expect(verifying).rejects.toThrow(SignatureError);
    await expect(verifying).rejects.toThrow(/is signed with another key: [0-9a-f]{64}, not/);
  });

  it('should refuse a model without a signature', async () => {
    await saveModel(model, directory);

    await expect(verifyModel(directory, own.publicKey)).rejects.toThrow(/is not signed/);
    expect((await readdir(directory)).sort()).toEqual(['generator.onnx', 'model.json']);
  });

  it('should refuse every change of a byte of what is signed', () => {
    const keys = makeKeys();
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), fc.nat(7), (manifest, at, bit) => {
        const signed = signManifest(manifest, keys.privateKey);
        const altered = Uint8Array.from(manifest);
        const place = at % altered.length;
        altered[place] = (altered[place] as number) ^ (1 << bit);

        verifyManifest(manifest, signed, keys.publicKey, 'm');

        expect(() => verifyManifest(altered, signed, keys.publicKey, 'm')).toThrow(/was altered/);
      }),
      { numRuns: caseCount(125, 1000) },
    );
  });

  it('should refuse a signature of garbage, or of another kind', async () => {
    const path = join(directory, 'model.sig');
    for (const text of ['', '{}', '[]', '{"format":"gan-augment-signature","algorithm":"none"}']) {
      await writeFile(path, text);

      await expect(verifyModel(directory, own.publicKey)).rejects.toThrow(
        /no signature of Ed25519/,
      );
    }
  });

  it.each(['model.json', 'generator.onnx'])('should refuse a changed byte in %s', async (name) => {
    const path = join(directory, name);
    const bytes = await readFile(path);
    bytes[100] = (bytes[100] as number) ^ 1;
    await writeFile(path, bytes);

    const error = await verifyModel(directory, own.publicKey).catch((raised: unknown) => raised);

    expect(GanAugmentError.isInstance(error)).toBe(true);
  });

  it('should refuse what is no key of Ed25519, before anything is written, and not repeat it', async () => {
    const path = join(root, 'unsigned');
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

    for (const signingKey of ['secret', own.publicKey, curve]) {
      const error = await saveModel(model, path, { signingKey }).catch((raised: Error) => raised);
      expect(error).toBeInstanceOf(InvalidOptionError);
      expect((error as Error).message).not.toContain('secret');
    }
    expect(await readdir(root)).toEqual(['model']);
  });
});
