/** @file What a slide is to whoever reads it: its levels, its scale, and its pixels by region. */

export interface SlideLevel {
  /** Pixels of this level. */
  readonly width: number;
  readonly height: number;
  /** Pixels of level 0 to one of this level, along a side. */
  readonly downsample: number;
}

export interface SlideInfo {
  /** OpenSlide's name of the vendor ("aperio", "generic-tiff", …), or "picture": a plain TIFF, PNG or JPEG. */
  readonly format: string;
  /** Pixels of level 0. */
  readonly width: number;
  readonly height: number;
  /** Finest first; level 0 is at least there. */
  readonly levels: readonly SlideLevel[];
  /** Of the objective; null: the file does not say. */
  readonly magnification: number | null;
  /** At level 0; null: the file does not say, or what it says no microscope has. */
  readonly micronsPerPixel: { readonly x: number; readonly y: number } | null;
  /** What the file holds besides, and nobody is given: label, macro and thumbnail pictures, and properties that may name a patient. */
  readonly hidden: { readonly pictures: number; readonly properties: number };
}

export interface SlideReader {
  readonly info: SlideInfo;
  /**
   * @param x of the region's left side, pixels of level 0; it may lie outside: what is not there has the slide's background
   * @param width of the region, pixels of `level`
   * @returns [height*width*3] RGB, row by row
   * @throws DomainError BAD_FILE where the region cannot be decoded
   */
  read(level: number, x: number, y: number, width: number, height: number): Uint8Array | Promise<Uint8Array>;
  close(): void;
}

/** 4,096 x 4,096 pixels: the most that one read gives, 48 MB as RGB. */
export const regionLimit = 4096 * 4096;

/** A microscope's: 0.05 (200 x oversampled) to 20 (a scan with a photo scanner) microns per pixel. Else it is a resolution for print. */
export const isMicroscopic = (micronsPerPixel: number): boolean => micronsPerPixel >= 0.05 && micronsPerPixel <= 20;
