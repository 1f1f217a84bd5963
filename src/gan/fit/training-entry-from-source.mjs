import { register } from 'tsx/esm/api';

register();
await import('./training-entry.ts');
