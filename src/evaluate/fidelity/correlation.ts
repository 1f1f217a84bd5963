/** CorrelationSimilarity = 1 − |ρ_real − ρ_synthetic| / 2. */
export function correlationSimilarity(real: number, synthetic: number): number {
  return 1 - Math.abs(real - synthetic) / 2;
}
