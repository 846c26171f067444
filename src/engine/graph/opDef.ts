/** @file What TensorFlow knows of an operation: its arguments, attributes and whether it has state. */
import type { Binding } from "../binding.ts";
import { bufferBytes, type Pointer } from "../capi.ts";
import { EngineError } from "../errors.ts";
import { fields } from "./proto.ts";

/** One or several tensors: `numberAttribute` of one type, or one for each entry of `typeListAttribute`. */
export interface ArgumentDef {
  readonly name: string;
  readonly typeAttribute?: string;
  readonly numberAttribute?: string;
  readonly typeListAttribute?: string;
}

export interface AttributeDef {
  readonly name: string;
  readonly type: string;
  /** A serialised AttrValue. */
  readonly defaultValue?: Uint8Array;
}

export interface OpDef {
  readonly inputs: readonly ArgumentDef[];
  readonly outputs: readonly ArgumentDef[];
  readonly attributes: readonly AttributeDef[];
  readonly stateful: boolean;
}

const known = new Map<string, OpDef>();
let scratchGraph: Pointer = 0;

/** @throws EngineError OPERATION_FAILED for a name that TensorFlow does not know. */
export function opDef({ c, status }: Binding, name: string): OpDef {
  const found = known.get(name);
  if (found !== undefined) return found;

  if (scratchGraph === 0) scratchGraph = c.TF_NewGraph();
  const buffer = c.TF_NewBuffer();
  c.TF_GraphGetOpDef(scratchGraph, name, buffer, status);
  const failed = c.TF_GetCode(status) !== 0;
  const bytes = failed ? undefined : bufferBytes(c, buffer);
  c.TF_DeleteBuffer(buffer);
  if (bytes === undefined) {
    c.TF_SetStatus(status, 0, "");
    throw new EngineError("OPERATION_FAILED", `compile: TensorFlow has no operation ${name}`, { operation: name });
  }
  const definition = parseOpDef(bytes);
  known.set(name, definition);
  return definition;
}

/** Field numbers: tensorflow/core/framework/op_def.proto. */
function parseOpDef(message: Uint8Array): OpDef {
  const inputs: ArgumentDef[] = [];
  const outputs: ArgumentDef[] = [];
  const attributes: AttributeDef[] = [];
  let stateful = false;
  for (const [field, value] of fields(message)) {
    if (typeof value === "number") {
      if (field === 17) stateful = value !== 0;
    } else if (field === 2) inputs.push(parseArgument(value));
    else if (field === 3) outputs.push(parseArgument(value));
    else if (field === 4) attributes.push(parseAttribute(value));
  }
  return { inputs, outputs, attributes, stateful };
}

function parseArgument(message: Uint8Array): ArgumentDef {
  const texts = textFields(message);
  return {
    name: texts.get(1) ?? "",
    ...(texts.has(4) && { typeAttribute: texts.get(4)! }),
    ...(texts.has(5) && { numberAttribute: texts.get(5)! }),
    ...(texts.has(6) && { typeListAttribute: texts.get(6)! }),
  };
}

function parseAttribute(message: Uint8Array): AttributeDef {
  const texts = textFields(message);
  for (const [field, value] of fields(message)) {
    if (field === 3 && typeof value !== "number") {
      return { name: texts.get(1) ?? "", type: texts.get(2) ?? "", defaultValue: Uint8Array.from(value) };
    }
  }
  return { name: texts.get(1) ?? "", type: texts.get(2) ?? "" };
}

function textFields(message: Uint8Array): Map<number, string> {
  const texts = new Map<number, string>();
  for (const [field, value] of fields(message)) {
    if (typeof value !== "number") texts.set(field, Buffer.from(value).toString());
  }
  return texts;
}
