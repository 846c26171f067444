/**
 * @file Records what a step does at the binding, as a list of nodes that name each other.
 *
 * The record is neutral: an operation's name, attributes and inputs. Every tensor id met is a symbol: an input of the step,
 * a value captured from outside (a variable, or a tensor of which a shared handle is kept), or the output of a node.
 */
import type * as tf from "@tensorflow/tfjs";
import type { Binding } from "../binding.ts";
import { STRING } from "../dataTypes.ts";
import { EngineError } from "../errors.ts";
import type { HostValues } from "../hostValues.ts";
import type { OpAttribute, TensorMetadata } from "../tfjsInternals.ts";
import type { ConstantValues } from "./proto.ts";

export interface TensorType {
  readonly dtype: number;
  readonly shape: readonly number[];
}

export interface Capture extends TensorType {
  /** The tensor's id when it was captured; ours to delete where there is no variable. */
  readonly id: number;
  readonly variable?: tf.Variable;
}

export type Symbolic = TensorType &
  (
    | { readonly kind: "input"; readonly index: number }
    | { readonly kind: "captured"; readonly capture: Capture }
    | { readonly kind: "output"; readonly node: number; readonly output: number }
  );

export interface ConstantNode {
  readonly constant: TensorType & { readonly values: ConstantValues };
}

export interface OperationNode {
  readonly op: string;
  readonly attributes: readonly OpAttribute[];
  readonly inputs: readonly Symbolic[];
  readonly outputs: readonly TensorType[];
}

export type GraphNode = ConstantNode | OperationNode;

export interface RecordedStep {
  readonly nodes: readonly GraphNode[];
  readonly inputs: readonly Symbolic[];
  readonly outputs: readonly Symbolic[];
}

export class Recorder {
  readonly nodes: GraphNode[] = [];
  readonly captures: Capture[] = [];
  /** Ids of the step's inputs. */
  readonly inputs: number[] = [];
  /** Why this step cannot be compiled; kept, since a caller's catch or promise may swallow what was thrown. */
  refusal: EngineError | undefined;
  private readonly symbols = new Map<number, Symbolic>();
  private readonly binding: Binding;

  constructor(binding: Binding) {
    this.binding = binding;
  }

  refuse(error: EngineError): never {
    this.refusal ??= error;
    throw error;
  }

  addInput(id: number): Symbolic {
    const { dtype, shape } = this.binding.describe(id);
    const symbol: Symbolic = { kind: "input", index: this.inputs.push(id) - 1, dtype, shape };
    this.symbols.set(id, symbol);
    return symbol;
  }

  isInput(id: number): boolean {
    return this.symbols.get(id)?.kind === "input";
  }

  captureVariable(variable: tf.Variable, id: number): void {
    this.capture(id, id, variable);
  }

  private capture(id: number, ownId: number, variable?: tf.Variable): Symbolic {
    const { dtype, shape } = this.binding.describe(id);
    const capture: Capture = { id: ownId, dtype, shape, ...(variable && { variable }) };
    this.captures.push(capture);
    const symbol: Symbolic = { kind: "captured", capture, dtype, shape };
    this.symbols.set(id, symbol);
    return symbol;
  }

  /** The symbol of an id; a tensor never met before comes from outside and is held by a handle of our own. */
  symbol(id: number): Symbolic {
    return this.symbols.get(id) ?? this.capture(id, this.binding.share(id));
  }

  /** Deletes the handles of captures that are not among `kept`. */
  release(kept: readonly Capture[] = []): void {
    for (const capture of this.captures) {
      if (capture.variable === undefined && !kept.includes(capture)) this.binding.deleteTensor(capture.id);
    }
  }

  created(id: number, shape: readonly number[], dtype: number, values: HostValues): void {
    const copy = dtype === STRING ? (values as Uint8Array[]).map((text) => Uint8Array.from(text)) : values.slice();
    const type = { dtype, shape: [...shape] };
    this.nodes.push({ constant: { ...type, values: copy } });
    this.symbols.set(id, { kind: "output", node: this.nodes.length - 1, output: 0, ...type });
  }

  executed(
    op: string,
    attributes: readonly OpAttribute[],
    inputs: readonly number[],
    made: readonly TensorMetadata[],
  ): void {
    const node = this.nodes.length;
    const outputs = made.map(({ dtype, shape }) => ({ dtype, shape }));
    this.nodes.push({ op, attributes, inputs: inputs.map((id) => this.symbol(id)), outputs });
    made.forEach(({ id }, output) => {
      this.symbols.set(id, { kind: "output", node, output, ...outputs[output]! });
    });
  }

  read(id: number): never {
    const shape = this.symbols.get(id)?.shape ?? [];
    return this.refuse(
      new EngineError(
        "READ_IN_STEP",
        `compile: the step reads a tensor of shape [${shape}] (dataSync, data, arraySync or print). Its value is not known ` +
          "when the step is recorded: return the tensor from the step and read it outside.",
        { shape },
      ),
    );
  }
}
