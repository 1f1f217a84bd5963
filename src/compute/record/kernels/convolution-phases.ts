import { mapAxis, type Phase, phases, type Windows } from '../../windows.js';
import { broadcast, type Graph, int64s, scalar, type Value } from '../graph.js';
import { pickPadded } from './gather.js';
import { matMul } from './matmul.js';
import { concat, reshape, slice, transpose } from './shape.js';

/**
 * The gradient of a convolution by its input. Positions of the input that are a stride apart have
 * the same taps over them: for each such phase it is a convolution of the slopes with a part of
 * the filter, and nothing is multiplied in vain.
 *
 * @param slopes [batch, windows, outputs]
 * @param filter [height, width, inputs, outputs]
 */
export function inputByPhases(graph: Graph, slopes: Value, filter: Value, windows: Windows): Value {
  const { batch, vertical, horizontal } = windows;
  const [height = 1, width = 1, inputs = 1, outputs = 1] = filter.shape;
  const taps = height * width;
  const byTap = transpose(graph, reshape(graph, filter, [taps, inputs, outputs]), [0, 2, 1]);

  /** One phase: [places, inputs]. */
  const phase = (rows: Phase, columns: Phase): Value => {
    const places = batch * rows.windows.length * columns.windows.length;
    const part = rows.taps.flatMap((row) => columns.taps.map((column) => row * width + column));
    if (part.length === 0) return broadcast(scalar(graph, 0), [places, inputs]);
    const picks = {
      vertical: mapAxis(rows.windows, (window) => window * horizontal.windows),
      horizontal: columns.windows,
    };
    const patches = pickPadded(graph, slopes, picks);
    return matMul(
      graph,
      reshape(graph, patches, [places, part.length * outputs]),
      reshape(graph, partOf(graph, byTap, part), [part.length * outputs, inputs]),
    );
  };

  const [above, beside] = [phases(vertical), phases(horizontal)];
  const [up, across] = [above[0]?.windows.length ?? 0, beside[0]?.windows.length ?? 0];
  const bands = above.map((rows) => {
    const side = concat(
      graph,
      beside.map((columns) => phase(rows, columns)),
      1,
    );
    return reshape(graph, side, [batch * up, across * beside.length * inputs]);
  });
  const whole = [batch, up * above.length, across * beside.length, inputs];
  const image = reshape(graph, concat(graph, bands, 1), whole);
  return slice(graph, image, [0, 0, 0, 0], [batch, vertical.size, horizontal.size, inputs]);
}

/** Some taps of a filter [taps, outputs, inputs]. */
function partOf(graph: Graph, byTap: Value, part: readonly number[]): Value {
  const [taps, ...rest] = byTap.shape;
  if (part.length === taps) return byTap;
  const shape = [part.length, ...rest];
  return graph.node('Gather', [byTap, int64s(graph, part)], { shape, dtype: byTap.dtype });
}
