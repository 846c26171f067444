/**
 * @file TensorFlow's C API, called through koffi.
 *
 * Opaque pointers are plain numbers (int64 < 2^53), so no call allocates a BigInt. Nothing here decides anything.
 */
import { join } from "node:path";
import * as koffi from "koffi";
import { EngineError } from "./errors.ts";
import { keepLoaded } from "./keepLoaded.ts";
import { libraryFiles } from "./library.ts";

export type Pointer = number;
type Bytes = Uint8Array | Int32Array | Uint32Array | Float32Array | BigInt64Array;

/** An output of an operation of a graph; passed by value. */
export interface GraphOutput {
  readonly operation: Pointer;
  readonly index: number;
}
const graphOutput = koffi.struct("TF_Output", { operation: "int64_t", index: "int" });

/** C type of each letter: p pointer as a number, b bytes, s C string, i int, u uint8, f float, z size_t, o TF_Output, v void. */
const letters: Record<string, string | koffi.TypeObject> = {
  p: "int64_t",
  b: "void *",
  s: "str",
  i: "int",
  u: "uint8_t",
  f: "float",
  z: "size_t",
  o: graphOutput,
  v: "void",
};

/** Function -> letters: the result, then the arguments. */
const tensorflow = {
  TF_Version: "s",
  TF_NewStatus: "p",
  TF_DeleteStatus: "vp",
  TF_GetCode: "ip",
  TF_Message: "sp",
  TF_SetStatus: "vpis",
  TF_AllocateTensor: "pibiz",
  TF_TensorData: "pp",
  TF_TensorByteSize: "zp",
  TF_TensorElementCount: "pp",
  TF_DeleteTensor: "vp",
  TF_StringInit: "vp",
  TF_StringCopy: "vpbz",
  TF_StringGetDataPointer: "pp",
  TF_StringGetSize: "zp",
  TF_NewBuffer: "p",
  TF_DeleteBuffer: "vp",
  TF_NewGraph: "p",
  TF_DeleteGraph: "vp",
  TF_GraphGetOpDef: "vpspp",
  TF_NewOperation: "ppss",
  TF_AddInput: "vpo",
  TF_AddInputList: "vpbi",
  TF_SetAttrType: "vpsi",
  TF_SetAttrTensor: "vpspp",
  TF_SetAttrValueProto: "vpsbzp",
  TF_FinishOperation: "ppp",
  TF_OperationOutputType: "io",
  TF_GraphGetTensorNumDims: "ipop",
  TF_GraphGetTensorShape: "vpobip",
  TF_DeviceListCount: "ip",
  TF_DeviceListType: "spip",
  TF_DeviceListName: "spip",
  TF_DeleteDeviceList: "vp",
  TFE_NewContextOptions: "p",
  TFE_ContextOptionsSetConfig: "vpbzp",
  TFE_DeleteContextOptions: "vp",
  TFE_NewContext: "ppp",
  TFE_ContextListDevices: "ppp",
  TFE_ContextAddFunctionDef: "vpbzp",
  TFE_ContextRemoveFunction: "vpsp",
  TFE_NewTensorHandle: "ppp",
  TFE_DeleteTensorHandle: "vp",
  TFE_TensorHandleDataType: "ip",
  TFE_TensorHandleNumDims: "ipp",
  TFE_TensorHandleDim: "ppip",
  TFE_TensorHandleResolve: "ppp",
  TFE_TensorHandleCopySharingTensor: "ppp",
  TFE_TensorHandleCopyToDevice: "pppsp",
  TFE_NewOp: "pppp",
  TFE_OpReset: "vpppp",
  TFE_DeleteOp: "vp",
  TFE_OpAddInput: "vppp",
  TFE_Execute: "vpbbp",
  TFE_OpSetAttrString: "vppbz",
  TFE_OpSetAttrInt: "vppp",
  TFE_OpSetAttrFloat: "vppf",
  TFE_OpSetAttrBool: "vppu",
  TFE_OpSetAttrType: "vppi",
  TFE_OpSetAttrShape: "vppbip",
  TFE_OpSetAttrStringList: "vppbbi",
  TFE_OpSetAttrIntList: "vppbi",
  TFE_OpSetAttrFloatList: "vppbi",
  TFE_OpSetAttrBoolList: "vppbi",
  TFE_OpSetAttrTypeList: "vppbi",
} as const;

const libc = { strdup: "ps", memcpyTo: "vpbz", memcpyFrom: "vbpz" } as const;

interface Letter {
  p: Pointer;
  b: Bytes;
  s: string;
  i: number;
  u: number;
  f: number;
  z: number;
  o: GraphOutput;
  v: undefined;
}
type Value<L extends string> = L extends keyof Letter ? Letter[L] : never;
type Arguments<S extends string> = S extends `${infer First}${infer Rest}` ? [Value<First>, ...Arguments<Rest>] : [];
/** `async` runs the call on a libuv thread and calls back on the event loop. */
type NativeFunction<S extends string> = S extends `${infer Result}${infer Rest}`
  ? {
      (...values: Arguments<Rest>): Value<Result>;
      async(...values: [...Arguments<Rest>, (error: Error | null, result: Value<Result>) => void]): void;
    }
  : never;
type Functions<T extends Record<string, string>> = { readonly [K in keyof T]: NativeFunction<T[K]> };

export type CApi = Functions<typeof tensorflow> & Functions<typeof libc>;

/** @throws EngineError LIBRARY_UNUSABLE */
export function loadCApi(directory: string): CApi {
  const bind = <T extends Record<string, string>>(
    library: koffi.LibraryHandle,
    table: T,
    rename = (name: string) => name,
  ) =>
    Object.fromEntries(
      Object.entries(table).map(([name, signature]) => {
        const [result, ...values] = Array.from(signature, (letter) => letters[letter]!);
        return [name, library.func(rename(name), result!, values)];
      }),
    ) as unknown as Functions<T>;

  try {
    const standard = bind(koffi.load(null), libc, (name) => name.replace(/^memcpy.*/, "memcpy"));
    let library: koffi.LibraryHandle | undefined;
    for (const file of libraryFiles) {
      const path = join(directory, file);
      keepLoaded(path);
      library = koffi.load(path, { global: true }); // throws with the linker's words where dlopen failed
    }
    return { ...bind(library!, tensorflow), ...standard };
  } catch (cause) {
    throw new EngineError(
      "LIBRARY_UNUSABLE",
      `TensorFlow in ${directory} cannot be loaded: ${cause instanceof Error ? cause.message : cause}. ` +
        "It must be TensorFlow 2.21 for this platform; delete the folder and run `npm run tessera -- install cpu` (or cuda) to bring it again.",
      { directory },
    );
  }
}

/** The bytes of a TF_Buffer { data, length, deallocator }. */
export function bufferBytes(c: CApi, buffer: Pointer): Uint8Array {
  const header = new Uint32Array(16); // 64 bytes, so that it lies outside V8's heap and does not move
  c.memcpyFrom(header, buffer, 16);
  const word = (i: number) => header[2 * i]! + header[2 * i + 1]! * 2 ** 32;
  const bytes = new Uint8Array(word(1));
  if (bytes.length > 0) c.memcpyFrom(bytes, word(0), bytes.length);
  return bytes;
}
