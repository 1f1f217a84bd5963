import { Buffer } from 'node:buffer';
import { loadSharp } from './sharp.js';

/** A drawing as the bytes of a PNG file. */
export async function encodeDrawing(svg: string): Promise<Uint8Array> {
  const sharp = await loadSharp();
  return sharp(Buffer.from(svg)).png().toBuffer();
}
