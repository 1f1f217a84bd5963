import { Buffer } from 'node:buffer';
import { crc32, deflateSync } from 'node:zlib';

/** Kinds of colour in a PNG file, by channels. */
const colours = { 1: 0, 3: 2 } as const;

/**
 * A PNG file of bytes [height, width, channels], by zlib alone: a report needs no library of images.
 *
 * @param channels 1 for grey, 3 for red, green and blue.
 */
export function pngOf(
  pixels: Uint8Array,
  { height, width, channels }: { height: number; width: number; channels: 1 | 3 },
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  header.writeUInt8(colours[channels], 9);
  const line = width * channels;
  // Each line begins with its filter: none.
  const lines = Buffer.alloc(height * (line + 1));
  for (let row = 0; row < height; row++) {
    lines.set(pixels.subarray(row * line, (row + 1) * line), row * (line + 1) + 1);
  }
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
