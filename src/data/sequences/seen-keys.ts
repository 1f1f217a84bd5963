/** The keys of all entities so far, as hashes of 64 bits: 16 to 32 bytes an entity. */
export interface SeenKeys {
  /** Adds a key by its hash; false if it was there already. */
  add(high: number, low: number): boolean;
}

/** An open-addressed set: one of JavaScript's takes several times the memory. */
export function createSeenKeys(): SeenKeys {
  let slots = new Uint32Array(2 * 1024);
  let count = 0;
  const place = (table: Uint32Array, high: number, low: number): number => {
    const size = table.length / 2;
    let at = low % size;
    while (!isFree(table, at) && !(table[2 * at] === high && table[2 * at + 1] === low)) {
      at = (at + 1) % size;
    }
    return at;
  };
  const grow = () => {
    const larger = new Uint32Array(2 * slots.length);
    for (let at = 0; at < slots.length / 2; at++) {
      if (isFree(slots, at)) continue;
      const [high, low] = [slots[2 * at] as number, slots[2 * at + 1] as number];
      larger.set([high, low], 2 * place(larger, high, low));
    }
    slots = larger;
  };
  return {
    add(high, low) {
      // Two zeros mean that a slot is free.
      const first = high === 0 && low === 0 ? 1 : high;
      const at = place(slots, first, low);
      if (!isFree(slots, at)) return false;
      slots.set([first, low], 2 * at);
      count++;
      if (count > slots.length / 4) grow();
      return true;
    },
  };
}

function isFree(table: Uint32Array, at: number): boolean {
  return table[2 * at] === 0 && table[2 * at + 1] === 0;
}
