import type { Data } from 'apache-arrow';

/** Checks that a column does not fall within entities; `refuse` is called for the first row that does. */
export type OrderCheck = (
  data: Data,
  begins: Uint8Array,
  refuse: (row: number, problem: string) => never,
) => void;

/** An order check across batches. Equal values may follow each other; null, and NaN, have no order. */
export function createOrderCheck(): OrderCheck {
  let previous: number | bigint = 0;
  return (data, begins, refuse) => {
    const values = data.values as ArrayLike<number | bigint>;
    for (let row = 0; row < data.length; row++) {
      const value = values[row] as number | bigint;
      if (!data.getValid(row)) refuse(row, 'orders the rows, and is null');
      if (Number.isNaN(value)) refuse(row, 'orders the rows, and is NaN');
      if (!begins[row] && value < previous) refuse(row, 'falls');
      previous = value;
    }
  };
}
