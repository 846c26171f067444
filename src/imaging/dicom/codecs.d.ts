/** @file What is used of packages that bring no types, or not all. */

interface FrameDecoder {
  getEncodedBuffer(bytes: number): Uint8Array;
  decode(): void;
  getFrameInfo(): {
    readonly width: number;
    readonly height: number;
    readonly bitsPerSample: number;
    readonly componentCount: number;
    readonly isSigned?: boolean;
  };
  getDecodedBuffer(): Uint8Array;
  delete(): void;
}

declare module "@cornerstonejs/codec-charls/decodewasmjs" {
  const open: (options: object) => Promise<{ readonly JpegLSDecoder: new () => FrameDecoder }>;
  export default open;
}

declare module "@cornerstonejs/codec-openjpeg/decodewasmjs" {
  const open: (options: object) => Promise<{ readonly J2KDecoder: new () => FrameDecoder }>;
  export default open;
}
