import { loadSource } from '../../threads/load-source.mjs';

await loadSource(new URL('./probe-entry.ts', import.meta.url));
