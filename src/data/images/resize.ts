/** A size that images are brought to. */
export interface Resize {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /**
   * What happens to an image of other proportions: its middle is cut out ('cover'), it gets a black
   * border ('contain'), or it is stretched ('fill'). Default: 'cover'.
   */
  readonly fit?: 'cover' | 'contain' | 'fill' | undefined;
}
