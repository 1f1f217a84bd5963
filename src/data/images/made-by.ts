import { version } from '../../version.js';

/** What made a synthetic picture or sound. */
export interface MadeBy {
  /** The model's id, a SHA-256; absent of a model that is still being trained. */
  readonly model?: string;
  /** Name of its recipe; absent where it is not known yet. */
  readonly recipe?: string;
}

/** IPTC's name for what a trained model made (IPTC NewsCodes, digital source type). */
const sourceType = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';

/** Says in words that something is synthetic, and what made it. */
export function syntheticWords({ model, recipe }: MadeBy): string {
  const named = [recipe && `recipe ${recipe}`, model && `model ${model}`].filter(Boolean);
  return ['Synthetic', ...named].join(', ');
}

/** The XMP packet that says of a picture or sound that it is synthetic, for PNG, WebP and WAV files. */
export function syntheticXmp(made: MadeBy): string {
  // Hashes and names of recipes hold nothing that XML would read.
  const words = syntheticWords(made);
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmp:CreatorTool="gan-augment ${version}" Iptc4xmpExt:DigitalSourceType="${sourceType}"><dc:description><rdf:Alt><rdf:li xml:lang="x-default">${words}</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>`;
}
