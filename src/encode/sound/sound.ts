import type { Field, Vector } from 'apache-arrow';
import { DataError, SchemaError } from '../../errors.js';
import { type Members, numberOf, refuse } from '../json-checks.js';
import type { TensorEncoder } from '../tensor/encoder.js';
import { binScaleFromJSON } from './bin-scale-json.js';
import { type SoundLayout, soundLayout } from './layout.js';
import {
  type BinScale,
  logMagnitude,
  measureBins,
  scaleBins,
  signalOf,
  spectrogramBins,
  spectrogramFrames,
} from './spectrogram.js';
import { usualLength } from './usual-length.js';
import {
  type Loudness,
  lengthsOf,
  loudestOf,
  readWaveforms,
  silenceOf,
  type Waveforms,
  writeWaveforms,
} from './waveforms.js';

/** How networks see sounds: as they are, or as the logarithm of their short-time spectrum. */
export type SoundRepresentation = 'waveform' | 'spectrogram';

export interface SoundOptions {
  readonly representation: SoundRepresentation;
  /**
   * Samples that networks make. Default: those of the tensors; of lists, as many as hold 95 % of the
   * sounds, rounded up to a power of two.
   */
  readonly samples?: number | undefined;
}

/** An encoder of sounds. */
export interface SoundEncoder extends TensorEncoder {
  readonly kind: 'sound';
  readonly representation: SoundRepresentation;
  readonly samples: number;
  readonly channels: number;
  /** Tensors [rows, ...shape] as networks make them → waveforms [rows, samples, channels] in [−1, 1]. */
  waveforms(values: Float32Array): Float32Array;
}

/** What is fitted, and saved. */
interface FittedSound extends Loudness {
  readonly representation: SoundRepresentation;
  readonly samples: number;
  /** One for each channel, of spectrograms. */
  readonly bins: readonly BinScale[];
}

/** Whether an encoder is one of sounds. */
export function isSoundEncoder(encoder: { readonly kind: string }): encoder is SoundEncoder {
  return encoder.kind === 'sound';
}

/**
 * Fits an encoder to a column of sounds. The number that is farthest from silence becomes 1 or −1.
 * Waveforms come back as they were, within the rounding of float32; of spectrograms the phases are
 * lost, and made anew.
 *
 * Lists come out up to where nothing but silence follows, 40 dB below the loudest number.
 */
export function fitSound(field: Field, sample: Vector, options: SoundOptions): SoundEncoder {
  const { representation } = options;
  const layout = soundLayout(field);
  if (!layout) {
    throw new SchemaError(
      `column '${field.name}' holds no sounds: ${field.type}. Sounds are tensors of shape [samples] or ` +
        '[samples, channels], or lists of numbers',
    );
  }
  const samples = samplesOf(field, layout, sample, options.samples);
  const waveforms = readWaveforms(layout, sample, samples);
  const loudest = loudestOf(waveforms);
  if (loudest === undefined) {
    throw new DataError(
      `column '${field.name}' has sounds that cannot be learned: all of them are null, or a number in ` +
        'one is not finite. Leave such rows out',
    );
  }
  const loudness = { silence: silenceOf(layout), loudest: loudest || 1 };
  const bins =
    representation === 'waveform'
      ? []
      : Array.from({ length: layout.channels }, (_, channel) =>
          measureBins(spectraOf(waveforms, loudness, samples, layout.channels, channel)),
        );
  return soundEncoder(field, layout, { representation, samples, ...loudness, bins });
}

function samplesOf(field: Field, layout: SoundLayout, sample: Vector, wanted?: number): number {
  if (layout.kind === 'list') return wanted ?? usualLength(lengthsOf(layout, sample));
  if (wanted === undefined || wanted === layout.samples) return layout.samples;
  throw new SchemaError(
    `column '${field.name}' has sounds of ${layout.samples} samples, not of the ${wanted} that the ` +
      'recipe says. Leave samples out, or read the sounds with that many',
  );
}

function soundEncoder(field: Field, layout: SoundLayout, fitted: FittedSound): SoundEncoder {
  const { representation, samples, bins, silence, loudest } = fitted;
  const { channels } = layout;
  const spectral = representation === 'spectrogram';
  const shape = spectral
    ? [spectrogramFrames(samples), spectrogramBins, channels]
    : [samples, channels];
  const size = shape.reduce((product, length) => product * length, 1);
  const waveforms = (values: Float32Array) =>
    spectral ? fromSpectrograms(values, size, fitted, channels) : values;
  const write = (values: Float32Array) =>
    writeWaveforms(field, layout, fitted, samples, waveforms(values));
  return {
    kind: 'sound',
    representation,
    samples,
    channels,
    spans: [],
    shape,
    waveforms,
    read(vector) {
      const own = readWaveforms(layout, vector, samples);
      const values = spectral
        ? toSpectrograms(own, size, fitted, channels)
        : own.values.map((value) => Math.max(-1, Math.min(1, value / loudest)));
      const fill = (index: number, target: Float32Array, to: number) =>
        target.set(values.subarray(index * size, (index + 1) * size), to);
      return { rows: own.rows, fill };
    },
    write,
    encode: () => [],
    decode: (_, rows) => write(new Float32Array(rows * size)),
    toJSON: () => ({ kind: 'sound', representation, samples, silence, loudest, bins }),
  };
}

/** The logarithms of the magnitudes of one channel of each sound. */
function* spectraOf(
  { values, rows }: Waveforms,
  { loudest }: Loudness,
  samples: number,
  channels: number,
  channel: number,
) {
  const signal = new Float64Array(samples);
  for (let sound = 0; sound < rows.length; sound++) {
    for (let k = 0; k < samples; k++) {
      signal[k] = (values[(sound * samples + k) * channels + channel] as number) / loudest;
    }
    yield logMagnitude(signal);
  }
}

function toSpectrograms(own: Waveforms, size: number, fitted: FittedSound, channels: number) {
  const values = new Float32Array(own.rows.length * size);
  fitted.bins.forEach((scale, channel) => {
    let sound = 0;
    for (const log of spectraOf(own, fitted, fitted.samples, channels, channel)) {
      log.forEach((value, at) => {
        values[sound * size + at * channels + channel] = scaleBins(
          value,
          at % spectrogramBins,
          scale,
        );
      });
      sound++;
    }
  });
  return values;
}

function fromSpectrograms(
  values: Float32Array,
  size: number,
  { samples, bins }: FittedSound,
  channels: number,
): Float32Array {
  const rows = values.length / size;
  const made = new Float32Array(rows * samples * channels);
  const one = new Float32Array(size / channels);
  for (let row = 0; row < rows; row++) {
    bins.forEach((scale, channel) => {
      for (let at = 0; at < one.length; at++) {
        one[at] = values[row * size + at * channels + channel] as number;
      }
      signalOf(one, scale, samples).forEach((value, k) => {
        made[(row * samples + k) * channels + channel] = value;
      });
    });
  }
  return made;
}

/** Reads a saved encoder of sounds. */
export function soundFromJSON(field: Field, members: Members): SoundEncoder {
  const layout = soundLayout(field);
  if (!layout) return refuse(field, 'does not fit the type', String(field.type));
  const { representation } = members;
  if (representation !== 'waveform' && representation !== 'spectrogram') {
    return refuse(field, 'has an unknown representation', representation);
  }
  const samples = numberOf(field, members, 'samples', 1);
  const fits = Number.isSafeInteger(samples) && samples <= 2 ** 26;
  if (!fits || (layout.kind === 'tensor' && samples !== layout.samples)) {
    return refuse(field, 'has bad samples', samples);
  }
  const silence = numberOf(field, members, 'silence');
  if (silence !== silenceOf(layout)) return refuse(field, 'has a bad silence', silence);
  const loudest = numberOf(field, members, 'loudest', Number.MIN_VALUE);
  const count = representation === 'spectrogram' ? layout.channels : 0;
  const bins = binScaleFromJSON(field, members, count);
  return soundEncoder(field, layout, { representation, samples, silence, loudest, bins });
}
