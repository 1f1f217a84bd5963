import type { Field } from 'apache-arrow';
import { binnedFromJSON } from './columns/binned.js';
import { categoricalFromJSON } from './columns/categorical.js';
import { constantFromJSON } from './columns/constant.js';
import { continuousFromJSON } from './columns/continuous.js';
import { domainFromJSON } from './columns/domain.js';
import { identifierFromJSON } from './columns/identifier.js';
import { markovColumnFromJSON } from './columns/markov.js';
import { canBeNull } from './columns/null-column.js';
import { nullableFromJSON } from './columns/nullable.js';
import { resampleFromJSON } from './columns/resample.js';
import { wholeFromJSON } from './columns/whole.js';
import type { ColumnEncoder } from './encoder.js';
import { imageFromJSON } from './image/image.js';
import { labelMapFromJSON } from './image/label-map.js';
import { membersOf, refuse } from './json-checks.js';
import { seriesFromJSON } from './series/series.js';
import { timesFromJSON } from './series/times.js';
import { soundFromJSON } from './sound/sound.js';
import { textFromJSON } from './text/text.js';
import { unmodelled } from './unmodelled.js';
import { videoFromJSON } from './video/video.js';

/**
 * Reads the encoder of a column from what its `toJSON` gave.
 *
 * The JSON may come from anywhere: a ModelError says what is wrong with it.
 */
export function encoderFromJSON(field: Field, json: unknown): ColumnEncoder {
  const members = membersOf(field, json);
  const { kind } = members;
  switch (kind) {
    case 'binned':
      return binnedFromJSON(field, members);
    case 'boolean':
    case 'categorical':
      return categoricalFromJSON(field, members, kind);
    case 'constant':
      return constantFromJSON(field, members);
    case 'continuous':
      return continuousFromJSON(field, members);
    case 'decimal':
    case 'integer':
    case 'temporal':
      return wholeFromJSON(kind, field, members);
    case 'image':
      return imageFromJSON(field, members);
    case 'label-map':
      return labelMapFromJSON(field, members);
    case 'domain':
      return domainFromJSON(field, members);
    case 'identifier':
      return identifierFromJSON(field, members);
    case 'markov':
      return markovColumnFromJSON(field, members);
    case 'resample':
      return resampleFromJSON(field, members);
    case 'nullable':
      return nullableFromJSON(field, members, encoderFromJSON);
    case 'series':
      return seriesFromJSON(field, members, encoderFromJSON);
    case 'times':
      return timesFromJSON(field, members, encoderFromJSON);
    case 'sound':
      return soundFromJSON(field, members);
    case 'text':
      return textFromJSON(field, members);
    case 'video':
      return videoFromJSON(field, members);
    case 'null':
    case 'unmodelled':
      if (!canBeNull(field)) refuse(field, 'makes nulls where none can be', kind);
      return unmodelled(field, kind);
    default:
      return refuse(field, 'is of an unknown kind', kind);
  }
}
