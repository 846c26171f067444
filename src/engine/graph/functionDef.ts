/**
 * @file A recorded step as a TensorFlow FunctionDef (tensorflow/core/framework/function.proto).
 *
 * Arguments are the step's inputs, then the captured values; results are the step's outputs. Only attributes that the OpDef
 * knows are written, and types come from the inputs: TensorFlow would take a wrong one in silence (pitfall 9).
 */
import { RESOURCE } from "../dataTypes.ts";
import { EngineError } from "../errors.ts";
import type { ArgumentDef, OpDef } from "./opDef.ts";
import { rewritten } from "./passes/all.ts";
import { liveNodes } from "./passes/liveNodes.ts";
import { type AttributeValue, attributeProto, mapEntry, shapeProto, tensorProto, Writer } from "./proto.ts";
import type { Capture, ConstantNode, GraphNode, OperationNode, RecordedStep, Symbolic } from "./recorder.ts";

export interface BuiltFunction {
  readonly bytes: Uint8Array;
  /** The captures that are arguments, in their order. */
  readonly captures: readonly Capture[];
  readonly nodes: number;
}

/** @param fuseConvolutions see RewriteOptions */
export function buildFunction(
  name: string,
  step: RecordedStep,
  opDef: (op: string) => OpDef,
  fuseConvolutions: boolean,
): BuiltFunction {
  const isStateful = (op: string) => opDef(op).stateful;
  const nodes = rewritten(step, { isStateful, fuseConvolutions });
  const live = liveNodes(nodes, step.outputs, isStateful);
  const captures = usedCaptures(nodes, live, step.outputs);
  const source = (symbol: Symbolic) => sourceName(symbol, nodes, captures, opDef);
  const effects = live.filter((index) => {
    const node = nodes[index]!;
    return "op" in node && isStateful(node.op);
  });
  const parameters = [
    ...step.inputs.map((symbol, i) => ({ name: `i${i}`, dtype: symbol.dtype, shape: symbol.shape })),
    ...captures.map(({ dtype, shape }, i) => ({ name: `c${i}`, dtype, shape })),
  ];

  const signature = new Writer().bytes(1, name);
  for (const parameter of parameters) signature.bytes(2, argument(parameter.name, parameter.dtype));
  step.outputs.forEach((symbol, i) => {
    signature.bytes(3, argument(`o${i}`, symbol.dtype));
  });
  if (effects.length > 0) signature.integer(17, 1);
  for (const index of effects) signature.bytes(20, nodeName(nodes, index));

  const definition = new Writer().bytes(1, signature);
  const order = new ResourceOrder(isStateful);
  for (const index of live) {
    const node = nodes[index]!;
    const body =
      "op" in node
        ? operationNode(
            node,
            opDef(node.op),
            source,
            order.before(node, index).map((earlier) => nodeName(nodes, earlier)),
          )
        : constantNode(node);
    definition.bytes(3, new Writer().bytes(1, nodeName(nodes, index)).raw(body));
  }
  step.outputs.forEach((symbol, i) => {
    definition.bytes(4, mapEntry(`o${i}`, source(symbol)));
  });
  for (const index of effects) definition.bytes(6, mapEntry(nodeName(nodes, index), nodeName(nodes, index)));
  parameters.forEach(({ shape }, i) => {
    definition.bytes(7, new Writer().integer(1, i).bytes(2, shapeHint(shape)));
  });
  return { bytes: definition.done(), captures, nodes: live.length };
}

/** "MaxPool_12": TensorFlow names it where the operation fails (runFailure.ts). */
function nodeName(nodes: readonly GraphNode[], index: number): string {
  const node = nodes[index]!;
  return `${"op" in node ? node.op.replace(/^_/, "") : "Const"}_${index}`;
}

const argument = (name: string, dtype: number): Writer => new Writer().bytes(1, name).integer(3, dtype);

/** The ArgAttrs that let TensorFlow infer shapes inside the function. */
function shapeHint(shape: readonly number[]): Writer {
  const shapes = new Writer().bytes(1, new Writer().bytes(7, shapeProto(shape)));
  return new Writer().bytes(1, mapEntry("_output_shapes", shapes));
}

function usedCaptures(nodes: readonly GraphNode[], live: readonly number[], outputs: readonly Symbolic[]): Capture[] {
  const inputs = live.flatMap((index) => {
    const node = nodes[index]!;
    return "op" in node ? node.inputs : [];
  });
  const used = [...inputs, ...outputs].flatMap((symbol) => (symbol.kind === "captured" ? [symbol.capture] : []));
  return [...new Set(used)];
}

/** How a node's input names the tensor: an argument "c3", or "node:output name:index". */
function sourceName(
  symbol: Symbolic,
  nodes: readonly GraphNode[],
  captures: readonly Capture[],
  opDef: (op: string) => OpDef,
): string {
  if (symbol.kind === "input") return `i${symbol.index}`;
  if (symbol.kind === "captured") return `c${captures.indexOf(symbol.capture)}`;
  const node = nodes[symbol.node]!;
  if ("constant" in node) return `${nodeName(nodes, symbol.node)}:output:0`;
  let index = symbol.output;
  for (const output of opDef(node.op).outputs) {
    const count = tensorCount(output, node, node.outputs.length);
    if (index < count) return `${nodeName(nodes, symbol.node)}:${output.name}:${index}`;
    index -= count;
  }
  throw new EngineError("OPERATION_FAILED", `compile: ${node.op} has no output ${symbol.output}`, {
    operation: node.op,
  });
}

/** How many tensors an argument takes; `rest` where only the number of tensors left says it. */
function tensorCount(definition: ArgumentDef, node: OperationNode, rest: number): number {
  const recorded = (name: string) => node.attributes.find((attribute) => attribute.name === name)?.value;
  if (definition.numberAttribute !== undefined)
    return (recorded(definition.numberAttribute) as number | undefined) ?? rest;
  if (definition.typeListAttribute !== undefined) {
    return (recorded(definition.typeListAttribute) as readonly number[] | undefined)?.length ?? rest;
  }
  return 1;
}

function constantNode({ constant }: ConstantNode): Writer {
  return new Writer()
    .bytes(2, "Const")
    .bytes(5, mapEntry("dtype", attributeProto("type", constant.dtype)))
    .bytes(5, mapEntry("value", new Writer().bytes(8, tensorProto(constant.dtype, constant.shape, constant.values))));
}

function operationNode(
  node: OperationNode,
  definition: OpDef,
  source: (symbol: Symbolic) => string,
  after: readonly string[],
): Writer {
  const writer = new Writer().bytes(2, node.op);
  for (const symbol of node.inputs) writer.bytes(3, source(symbol));
  for (const name of after) writer.bytes(3, `^${name}`);
  const inferred = inferredAttributes(node, definition);
  for (const { name, type, defaultValue } of definition.attributes) {
    const value = inferred.get(name) ?? node.attributes.find((attribute) => attribute.name === name)?.value;
    if (value === undefined && defaultValue === undefined) {
      throw new EngineError(
        "BAD_ATTRIBUTE",
        `compile: ${node.op} needs the attribute ${name}, which the kernel did not give and the inputs do not tell; add it there`,
        { operation: node.op, attribute: name },
      );
    }
    writer.bytes(5, mapEntry(name, value === undefined ? defaultValue! : attributeProto(type, value)));
  }
  return writer;
}

/** Types and counts as the inputs have them: a kernel's own word for them may be wrong. */
function inferredAttributes(node: OperationNode, definition: OpDef): Map<string, AttributeValue> {
  const inferred = new Map<string, AttributeValue>();
  let at = 0;
  for (const input of definition.inputs) {
    const count = tensorCount(input, node, node.inputs.length - (definition.inputs.length - 1));
    const types = node.inputs.slice(at, at + count).map((symbol) => symbol.dtype);
    if (input.numberAttribute !== undefined) inferred.set(input.numberAttribute, count);
    if (input.typeListAttribute !== undefined) inferred.set(input.typeListAttribute, types);
    if (input.typeAttribute !== undefined && types[0] !== undefined) inferred.set(input.typeAttribute, types[0]);
    at += count;
  }
  return inferred;
}

/** Operations on one resource keep program order; a stateful one without a resource is ordered among its like (pitfall 10). */
class ResourceOrder {
  private readonly lastUse = new Map<unknown, number>();
  private readonly isStateful: (op: string) => boolean;

  constructor(isStateful: (op: string) => boolean) {
    this.isStateful = isStateful;
  }

  /** Nodes that must have run before `node`, which is the newest use from now on. */
  before(node: OperationNode, index: number): number[] {
    if (!this.isStateful(node.op)) return [];
    const resources: unknown[] = node.inputs
      .filter((symbol) => symbol.dtype === RESOURCE)
      .map((symbol) => (symbol.kind === "captured" ? symbol.capture : symbol));
    const keys = resources.length > 0 ? resources : ["none"];
    const earlier = keys.flatMap((key) => this.lastUse.get(key) ?? []);
    for (const key of keys) this.lastUse.set(key, index);
    return [...new Set(earlier)];
  }
}
