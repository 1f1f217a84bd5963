import type { GateVerdict } from '../augment/gate/verdict.js';

/** What to do where the gate let nothing in, in the words of the flags. */
export function gateRemedy({ verdict }: Pick<GateVerdict, 'verdict'>): string {
  const anyway = '--no-gate mixes rows in without measuring';
  if (verdict === 'hurts') return `no row was mixed in, as rows hurt. ${anyway}`;
  return `no row was mixed in. --mix unless-it-hurts lets in what is not shown to hurt, ${anyway}`;
}
