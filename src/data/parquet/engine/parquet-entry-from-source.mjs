import { loadSource } from '../../../threads/load-source.mjs';

await loadSource(new URL('./parquet-entry.ts', import.meta.url));
