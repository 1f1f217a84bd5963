/** Code of a stack machine: an expression puts its operands' code before its own instruction. */
export type Code = readonly number[];

type Operator = (...operands: Code[]) => Code;

/** A whole number as WebAssembly writes it: seven bits a byte, the lowest first. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  const last = value >= -64 && value < 64;
  return last ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)];
}

const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const sized = (bytes: Code): Code => [...unsigned(bytes.length), ...bytes];
const named = (name: string): Code => sized([...Buffer.from(name)]);

const operator =
  (...instruction: number[]): Operator =>
  (...operands) => [...operands.flat(), ...instruction];
const vector = (instruction: number): Operator => operator(0xfd, ...unsigned(instruction));

const number = (value: number): Code => [0x41, ...signed(value)];

/** Operators on four lanes of 32 bits, each named as in the WebAssembly specification. */
export const lanes = {
  load: (address: number): Code => [...number(address), 0xfd, 0x00, 4, 0],
  bitselect: vector(0x52),
  and: vector(0x4e),
  or: vector(0x50),
  xor: vector(0x51),
  splat: (bits: number): Code => [...number(bits | 0), ...vector(0x11)()],
  int: {
    add: vector(0xae),
    subtract: vector(0xb1),
    /** Not less than, as unsigned numbers: all bits or none. */
    notLess: vector(0x40),
    toFloat: vector(0xfa),
    shiftLeft: (x: Code, bits: number): Code => vector(0xab)(x, number(bits)),
    shiftRight: (x: Code, bits: number): Code => vector(0xad)(x, number(bits)),
    /** Shifts copies of the sign in. */
    shiftRightSigned: (x: Code, bits: number): Code => vector(0xac)(x, number(bits)),
  },
  float: {
    add: vector(0xe4),
    subtract: vector(0xe5),
    multiply: vector(0xe6),
    divide: vector(0xe7),
    negate: vector(0xe1),
    squareRoot: vector(0xe3),
  },
} as const;

/** A vector that changes from turn to turn of a loop. */
export interface Variable {
  readonly get: Code;
  set(value: Code): void;
}

/** A loop under construction, which writes vectors one after the other into memory. */
export interface Loop {
  /** A variable that memory holds between the calls of the function, at `address`. */
  variable(address: number): Variable;
  /** Computes a value before the first turn; gives the code that reads it. */
  once(value: Code): Code;
  /** Computes a value in each turn; gives the code that reads it. */
  keep(value: Code): Code;
  /** Appends a vector to the output. */
  write(value: Code): void;
}

const i32 = 0x7f;
const v128 = 0x7b;
/** Places of a function's locals: its parameter, the address written to, and the vectors. */
const [end, at, firstVector] = [0, 1, 2] as const;
const get = (local: number): Code => [0x20, ...unsigned(local)];
const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
const store = (address: Code, value: Code, offset: number): Code => [
  ...address,
  ...value,
  ...[0xfd, 0x0b, 4, ...unsigned(offset)],
];

/** A function of the address to stop at: turns of the loop fill memory from `output` up to it. */
function loopFunction(output: number, build: (loop: Loop) => void): Code {
  const [before, turn, after]: [Code[], Code[], Code[]] = [[], [], []];
  const known = new Map<string, Code>();
  let vectors = 0;
  let written = 0;
  const local = (statements: Code[], value: Code): Code => {
    const place = firstVector + vectors++;
    statements.push(set(place, value));
    return get(place);
  };
  build({
    variable(address) {
      const place = firstVector + vectors++;
      before.push(set(place, lanes.load(address)));
      after.push(store(number(address), get(place), 0));
      return { get: get(place), set: (value) => turn.push(set(place, value)) };
    },
    once(value) {
      const code = known.get(String(value)) ?? local(before, value);
      known.set(String(value), code);
      return code;
    },
    keep: (value) => local(turn, value),
    write(value) {
      turn.push(store(get(at), value, 16 * written++));
    },
  });
  const advanced = [...get(at), ...number(16 * written), 0x6a, 0x22, at];
  const locals = list([
    [1, i32],
    [...unsigned(vectors), v128],
  ]);
  return sized([
    ...locals,
    ...set(at, number(output)),
    ...before.flat(),
    // loop … until the next address is not below the end.
    ...[0x03, 0x40, ...turn.flat(), ...advanced, ...get(end), 0x49, 0x0d, 0, 0x0b],
    ...after.flat(),
    0x0b,
  ]);
}

/** A module of such functions, with one page of memory that it exports as `memory`. */
export function assemble(
  output: number,
  functions: Readonly<Record<string, (loop: Loop) => void>>,
): Uint8Array<ArrayBuffer> {
  const names = Object.keys(functions);
  const section = (id: number, items: readonly Code[]): Code => [id, ...sized(list(items))];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [[0x60, ...list([[i32]]), ...list([])]]),
    ...section(
      3,
      names.map(() => [0]),
    ),
    ...section(5, [[1, 1, 1]]),
    ...section(7, [
      [...named('memory'), 2, 0],
      ...names.map((name, place) => [...named(name), 0, ...unsigned(place)]),
    ]),
    ...section(
      10,
      Object.values(functions).map((build) => loopFunction(output, build)),
    ),
  ]);
}
