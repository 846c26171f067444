/**
 * @file What TensorFlow says of the shapes and types of an operation's results, without running it.
 *
 * The operations go into a graph that is never executed; TensorFlow infers shapes as it takes them (and folds small constants,
 * which is how the target shape of a Reshape is known).
 */
import { int64s } from "../attributes.ts";
import type { Binding } from "../binding.ts";
import type { GraphOutput, Pointer } from "../capi.ts";
import { INT64, RESOURCE, STRING } from "../dataTypes.ts";
import { EngineError } from "../errors.ts";
import { checkedNumbers, type HostValues } from "../hostValues.ts";
import type { OpAttribute } from "../tfjsInternals.ts";
import { type AttributeDef, opDef } from "./opDef.ts";
import { type AttributeValue, attributeProto, shapeProto, Writer } from "./proto.ts";
import type { TensorType } from "./recorder.ts";

export interface Shaped extends TensorType {
  readonly output: GraphOutput;
}

/** Results of which TensorFlow does not tell the shape and only the gradient's kernel reads; nearly nothing on a CPU. */
const reserved = new Map([["FusedBatchNormV3", 5]]);

/** Values that may say something about a shape; a larger tensor is known by its shape alone. */
const largestConstant = 1024;

export class ShapeGraph {
  private readonly binding: Binding;
  private readonly graph: Pointer;
  private operations = 0;

  constructor(binding: Binding) {
    this.binding = binding;
    this.graph = binding.c.TF_NewGraph();
  }

  dispose(): void {
    this.binding.c.TF_DeleteGraph(this.graph);
  }

  /** A tensor of which nothing but shape and type is known. */
  placeholder(shape: readonly number[], dtype: number): Shaped {
    const { c, status } = this.binding;
    const operation = this.start("Placeholder");
    c.TF_SetAttrType(operation, "dtype", dtype);
    const attribute = new Writer().bytes(7, shapeProto(shape)).done();
    c.TF_SetAttrValueProto(operation, "shape", attribute, attribute.length, status);
    return { output: { operation: this.finish("Placeholder", operation), index: 0 }, dtype, shape: [...shape] };
  }

  /** A tensor made from host values. */
  constant(shape: readonly number[], dtype: number, values: HostValues): Shaped {
    const size = shape.reduce((product, side) => product * side, 1);
    if (dtype === STRING || size > largestConstant) return this.placeholder(shape, dtype);
    const { c, status } = this.binding;
    const source = checkedNumbers(shape, dtype, values);
    const tensor = c.TF_AllocateTensor(dtype, int64s(shape), shape.length, source.byteLength);
    if (source.byteLength > 0) c.memcpyTo(c.TF_TensorData(tensor), source, source.byteLength);
    const operation = this.start("Const");
    c.TF_SetAttrType(operation, "dtype", dtype);
    c.TF_SetAttrTensor(operation, "value", tensor, status);
    c.TF_DeleteTensor(tensor);
    return { output: { operation: this.finish("Const", operation), index: 0 }, dtype, shape: [...shape] };
  }

  /** @throws EngineError SHAPE_UNKNOWN where a size follows from a value; OPERATION_FAILED where the shapes do not fit. */
  results(name: string, attributes: readonly OpAttribute[], inputs: readonly Shaped[], outputs: number): Shaped[] {
    const definition = opDef(this.binding, name);
    const { c } = this.binding;
    const operation = this.start(name);
    let at = 0;
    for (const input of definition.inputs) {
      if (input.numberAttribute === undefined && input.typeListAttribute === undefined) {
        c.TF_AddInput(operation, inputs[at++]!.output);
        continue;
      }
      const count = inputs.length - (definition.inputs.length - 1); // tfjs' kernels have one list argument at most
      const list = inputs.slice(at, at + count).map(({ output }) => output);
      c.TF_AddInputList(operation, outputList(list), count);
      at += count;
    }
    const inferred = new Set(
      definition.inputs.flatMap((i) => [i.typeAttribute, i.numberAttribute, i.typeListAttribute]),
    );
    for (const known of definition.attributes) {
      const value = attributes.find((attribute) => attribute.name === known.name)?.value;
      if (value === undefined || inferred.has(known.name)) continue;
      this.setAttribute(operation, known, value);
    }
    const finished = this.finish(name, operation);
    return Array.from({ length: outputs }, (_, index) => this.describe(name, { operation: finished, index }));
  }

  private start(op: string): Pointer {
    return this.binding.c.TF_NewOperation(this.graph, op, `n${this.operations++}`);
  }

  private finish(op: string, operation: Pointer): Pointer {
    const finished = this.binding.c.TF_FinishOperation(operation, this.binding.status);
    this.check(op);
    return finished;
  }

  private setAttribute(operation: Pointer, { name, type }: AttributeDef, value: OpAttribute["value"]): void {
    const { c, status } = this.binding;
    const bytes = attributeProto(type, value as AttributeValue).done();
    c.TF_SetAttrValueProto(operation, name, bytes, bytes.length, status);
    this.check(name);
  }

  private describe(op: string, output: GraphOutput): Shaped {
    const { c, status } = this.binding;
    const dtype = c.TF_OperationOutputType(output);
    if (dtype === RESOURCE || reserved.get(op) === output.index) return { output, dtype, shape: [] };
    const rank = c.TF_GraphGetTensorNumDims(this.graph, output, status);
    this.check(op);
    const sides = new Int32Array(Math.max(16, 2 * rank));
    if (rank > 0) c.TF_GraphGetTensorShape(this.graph, output, sides, rank, status);
    this.check(op);
    const shape = Array.from({ length: Math.max(0, rank) }, (_, i) => sides[2 * i]! + sides[2 * i + 1]! * 2 ** 32);
    if (rank < 0 || shape.some((side) => side < 0)) {
      throw new EngineError(
        "SHAPE_UNKNOWN",
        `The shape of ${op}'s result follows from values, which are not known before the step runs ` +
          `(got [${rank < 0 ? "unknown rank" : shape}]); plan a step whose shapes follow from the shapes of its inputs`,
        { operation: op },
      );
    }
    return { output, dtype, shape };
  }

  private check(what: string): void {
    const { c, status } = this.binding;
    const code = c.TF_GetCode(status);
    if (code === 0) return;
    const message = c.TF_Message(status);
    c.TF_SetStatus(status, 0, "");
    throw new EngineError("OPERATION_FAILED", `${what}: ${message}`, { operation: what, tensorflowCode: code });
  }
}

/** TF_Output[]: a pointer and an int each, padded to 16 bytes. */
function outputList(outputs: readonly GraphOutput[]): Uint32Array {
  const words = new Uint32Array(Math.max(16, 4 * outputs.length));
  outputs.forEach(({ operation, index }, i) => {
    words.set([operation % 2 ** 32, Math.floor(operation / 2 ** 32), index], 4 * i);
  });
  return words;
}

/** Bytes of one value. */
export const valueBytes = (dtype: number): number => byteSizes.get(dtype) ?? 4;
const byteSizes = new Map([
  [INT64, 8],
  [8, 8], // complex64
  [4, 1], // uint8
  [10, 1], // bool
  [STRING, 24],
  [RESOURCE, 8],
]);
