import {
  createHash,
  createPrivateKey,
  createPublicKey,
  KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { InvalidOptionError, SignatureError } from '../../errors.js';
import { isObject } from './checks.js';

/** Name of the file that holds a signature of `model.json`. */
export const signatureFile = 'model.sig';
const format = 'gan-augment-signature';

/** An Ed25519 key: a KeyObject of node:crypto, or its text in PEM. */
export type Key = KeyObject | string | Uint8Array;

/**
 * The Ed25519 private key that is given.
 *
 * @throws InvalidOptionError for what is none.
 */
export function readSigningKey(key: Key): KeyObject {
  return readKey(key, 'private', createPrivateKey);
}

/**
 * The Ed25519 public key that is given, or that belongs to the private key that is given.
 *
 * @throws InvalidOptionError for what is none.
 */
export function readVerifyingKey(key: Key): KeyObject {
  return readKey(key, 'public', createPublicKey);
}

function readKey(
  key: Key,
  kind: 'private' | 'public',
  create: (pem: string) => KeyObject,
): KeyObject {
  const remedy = 'Make one with: openssl genpkey -algorithm ed25519 -out key.pem';
  let found: KeyObject;
  try {
    found = key instanceof KeyObject ? key : create(Buffer.from(key).toString());
  } catch (cause) {
    // The message must not repeat the key.
    throw new InvalidOptionError(`${kind} key cannot be read: it is no PEM of a key. ${remedy}`, {
      cause,
    });
  }
  if (found.asymmetricKeyType !== 'ed25519' || (kind === 'private' && found.type !== kind)) {
    const what = `${found.asymmetricKeyType ?? 'a secret'}, ${found.type}`;
    throw new InvalidOptionError(`${kind} key must be of Ed25519: ${what}. ${remedy}`);
  }
  return found;
}

/** A signature of `model.json`, as the file that stands beside it. */
export function signManifest(manifest: Uint8Array, key: KeyObject): Uint8Array {
  const signature = {
    format,
    algorithm: 'ed25519',
    key: fingerprintOf(key),
    signature: sign(null, manifest, key).toString('base64'),
  };
  return Buffer.from(`${JSON.stringify(signature, null, 2)}\n`);
}

/** SHA-256 of a public key in DER (SubjectPublicKeyInfo), or of that of a private key. */
export function fingerprintOf(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex');
}

/**
 * Raises unless the signature is one of this manifest by this key.
 *
 * @param where Names the model in errors.
 * @throws SignatureError
 */
export function verifyManifest(
  manifest: Uint8Array,
  signed: Uint8Array,
  key: KeyObject,
  where: string,
): void {
  const { key: signer, signature } = readSignature(signed, where);
  if (signer !== fingerprintOf(key)) {
    throw new SignatureError(
      `${where} is signed with another key: ${signer}, not ${fingerprintOf(key)}. Take the ` +
        'public key of who signed it, or do not use the model',
    );
  }
  if (verify(null, manifest, key, Buffer.from(signature, 'base64'))) return;
  throw new SignatureError(
    `${where} was altered: its signature is of another model.json. Do not use it; copy it again`,
  );
}

function readSignature(signed: Uint8Array, where: string): { key: string; signature: string } {
  try {
    const value: unknown = JSON.parse(Buffer.from(signed).toString());
    if (isObject(value) && value.format === format && value.algorithm === 'ed25519') {
      const { key, signature } = value;
      if (typeof key === 'string' && typeof signature === 'string') return { key, signature };
    }
  } catch {}
  throw new SignatureError(
    `${where}/${signatureFile} is no signature of Ed25519. Copy the model again`,
  );
}
