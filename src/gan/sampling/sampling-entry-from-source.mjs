import { loadSource } from '../../threads/load-source.mjs';

await loadSource(new URL('./sampling-entry.ts', import.meta.url));
