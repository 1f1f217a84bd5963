const sources = new URL('../', import.meta.url).href;
/** Where tests have compiled the package, once for all threads and processes that they start. */
const compiled = process.env.GAN_AUGMENT_COMPILED;

/** Loads an entry of this package's source: as it was compiled, or else through tsx. */
export async function loadSource(file) {
  if (compiled !== undefined && file.href.startsWith(sources)) {
    const name = file.href.split('/').at(-1).replace(/\.ts$/, '.js');
    return import(new URL(name, compiled).href);
  }
  const { register } = await import('tsx/esm/api');
  register();
  return import(file.href);
}
