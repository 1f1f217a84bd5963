/** What a WAV file of a test is made of. */
export interface WaveParts {
  /** Default 1: PCM. */
  readonly tag?: number;
  readonly channels?: number;
  readonly rate?: number;
  readonly bits?: number;
  /** Default: as it must be. */
  readonly block?: number;
  readonly data?: Uint8Array;
  /** What the data's chunk says of its size. Default: the truth. */
  readonly stated?: number;
  /** The tag that an extensible format stands for. */
  readonly extends?: number;
  /** A chunk of an odd size before the data. */
  readonly extra?: boolean;
}

/** A WAV file, written without the code that is tested. */
export function waveBytes(parts: WaveParts = {}): Uint8Array {
  const { channels = 1, rate = 8000, bits = 16, data = new Uint8Array(0), extra } = parts;
  const { tag = 1, block = (channels * bits) / 8, stated = data.length } = parts;
  const u16 = (value: number) => [value & 255, value >> 8];
  const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
  const text = (value: string) => [...value].map((letter) => letter.charCodeAt(0));
  const extension =
    parts.extends === undefined
      ? []
      : [
          ...[...u16(22), ...u16(bits), ...u32(0), ...u16(parts.extends)],
          ...[0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71],
        ];
  const format = [
    ...u16(parts.extends === undefined ? tag : 0xfffe),
    ...u16(channels),
    ...u32(rate),
    ...u32(rate * block),
    ...u16(block),
    ...u16(bits),
    ...extension,
  ];
  const body = [
    ...text('WAVEfmt '),
    ...u32(format.length),
    ...format,
    ...(extra ? [...text('LIST'), ...u32(3), 1, 2, 3, 0] : []),
    ...text('data'),
    ...u32(stated),
    ...data,
  ];
  return Uint8Array.from([...text('RIFF'), ...u32(body.length), ...body]);
}
