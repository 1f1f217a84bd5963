import type { Field, Vector } from 'apache-arrow';
import { sampleRate } from '../../data/sounds/field.js';
import { DataError } from '../../errors.js';
import { type SoundLayout, soundLayout } from '../sound/layout.js';
import { createLogMel, type LogMel } from '../sound/mel.js';
import { usualLength } from '../sound/usual-length.js';
import { lengthsOf, loudestOf, readWaveforms } from '../sound/waveforms.js';
import { rangeOf, scaleNumbers } from '../tensor/numbers.js';
import type { PictureReader } from './pictures.js';

/** Sounds as log-mel pictures, [frames, 40 bands, channels], in the range of the sample's. */
export function soundPictures(field: Field, sample: Vector): PictureReader {
  const layout = soundLayout(field) as SoundLayout;
  const mel = createLogMel({ rate: sampleRate(field) as number });
  const samples = layout.kind === 'list' ? usualLength(lengthsOf(layout, sample)) : layout.samples;
  const loudest = loudestOf(readWaveforms(layout, sample, samples));
  const spectra = (vector: Vector) => logMelOf(mel, layout, vector, samples, loudest || 1);
  const range = loudest === undefined ? undefined : rangeOf(spectra(sample).values);
  if (!range) {
    throw new DataError(
      `column '${field.name}' has sounds that cannot be compared: all of them are null, or a number ` +
        'in one is not finite. Leave such rows out',
    );
  }
  const shape = { height: mel.framesOf(samples), width: mel.bands, channels: layout.channels };
  const size = shape.height * shape.width * shape.channels;
  return {
    shape,
    read(vector) {
      const { values, rows } = spectra(vector);
      return {
        rows,
        fill: (index, target, to) => scaleNumbers(range, values, index * size, size, target, to),
      };
    },
  };
}

function logMelOf(
  mel: LogMel,
  layout: SoundLayout,
  vector: Vector,
  samples: number,
  loudest: number,
) {
  const { values: own, rows } = readWaveforms(layout, vector, samples);
  const { channels } = layout;
  const size = mel.framesOf(samples) * mel.bands;
  const values = new Float32Array(rows.length * size * channels);
  const signal = new Float32Array(samples);
  for (let sound = 0; sound < rows.length; sound++) {
    for (let channel = 0; channel < channels; channel++) {
      for (let k = 0; k < samples; k++) {
        signal[k] = (own[(sound * samples + k) * channels + channel] as number) / loudest;
      }
      mel.of(signal).forEach((value, at) => {
        values[(sound * size + at) * channels + channel] = value;
      });
    }
  }
  return { values, rows };
}
