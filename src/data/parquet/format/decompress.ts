import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { type CompressionCodec, snappyUncompress } from 'hyparquet';
import { ZSTDDecoder } from 'zstddec';
import { decompressLz4Block } from '../../ipc/lz4.js';

const zstd = new ZSTDDecoder();

/**
 * The bytes of a page, `size` of them; undefined for a codec that is not known here.
 *
 * The engine decompresses pages itself: this is for what has to be known of one before.
 */
export async function decompressPage(
  bytes: Uint8Array,
  codec: CompressionCodec,
  size: number,
): Promise<Uint8Array | undefined> {
  const bounds = { maxOutputLength: Math.max(size, 1) };
  switch (codec) {
    case 'UNCOMPRESSED':
      return bytes;
    case 'SNAPPY': {
      const target = new Uint8Array(size);
      snappyUncompress(bytes, target);
      return target;
    }
    case 'GZIP':
      return gunzipSync(bytes, bounds);
    case 'BROTLI':
      return brotliDecompressSync(bytes, bounds);
    case 'LZ4_RAW': {
      const target = new Uint8Array(size);
      decompressLz4Block(bytes, target, 0);
      return target;
    }
    case 'ZSTD':
      await zstd.init();
      return zstd.decode(bytes, size);
    default:
      return undefined;
  }
}
