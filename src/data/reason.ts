/** What V8 says of bytes that are not there: mostly with a capital, which our sentences do not have. */
const outside =
  /^([A-Z].*(DataView|array|buffer|call stack|bounds|offset)|(start offset|byte length) of \w+Array )/;

/**
 * Why decoding failed, in words for whoever reads the file: not what programs say of themselves.
 *
 * @param cause an Error, or the text that the Parquet engine throws.
 */
export function reasonOf(cause: unknown): string {
  if (cause instanceof WebAssembly.RuntimeError) return 'the decoder broke off in the middle of it';
  if (cause instanceof TypeError || cause instanceof SyntaxError) {
    return 'its parts do not fit together';
  }
  const text = String(cause instanceof Error ? cause.message : cause).split('\n', 1)[0] ?? '';
  if (cause instanceof RangeError && outside.test(text)) {
    return 'it refers to more than it has';
  }
  return text.replace(/^(Parquet (argument )?error: |External: |Arrow: )+/, '');
}
