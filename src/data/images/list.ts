import { type LabelledFile, listFiles } from '../folder/list-files.js';

/** An image file, and the sub-folder that it is in. */
export type ImageFile = LabelledFile;

const readable = new Set(['.png', '.jpg', '.jpeg', '.webp']);
const unreadable = new Set(
  '.gif .bmp .tif .tiff .avif .heic .jp2 .jxl .svg .ico .tga .ppm .pgm'.split(' '),
);

/** Extensions of images, whether they are read or refused. */
export const imageExtensions: ReadonlySet<string> = new Set([...readable, ...unreadable]);

/**
 * The PNG, JPEG and WebP files of a folder and its sub-folders, in order of their paths.
 *
 * @throws FileError if the folder cannot be read, or nests too deep (a link to itself, say).
 * @throws DataError if it has no images, or images in formats that are not read.
 */
export function listImages(folder: string): Promise<ImageFile[]> {
  return listFiles(folder, {
    what: 'image',
    readable,
    unreadable,
    formats: 'PNG, JPEG or WebP',
    convertTo: 'PNG',
  });
}
