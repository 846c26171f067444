/** @file Tensors of which shape and type are known and nothing else: ids without a handle of TensorFlow's behind them. */
import { Binding, firstWithoutValues } from "../binding.ts";
import { RESOURCE } from "../dataTypes.ts";
import type { HostValues } from "../hostValues.ts";
import type { OpAttribute, TensorMetadata } from "../tfjsInternals.ts";
import type { TensorType } from "./recorder.ts";
import { type Shaped, ShapeGraph } from "./shapeGraph.ts";

export interface Made extends TensorType {
  readonly id: number;
}

/** Of the process: one that outlives its recording is never taken for another. */
let nextId = firstWithoutValues;

export class ShapeTensors {
  private readonly binding: Binding;
  private readonly graph: ShapeGraph;
  private readonly known = new Map<number, Shaped>();
  private readonly real = new Map<number, Shaped>();

  constructor(binding: Binding) {
    this.binding = binding;
    this.graph = new ShapeGraph(binding);
  }

  dispose(): void {
    this.graph.dispose();
  }

  has(id: number): boolean {
    return this.known.has(id);
  }

  /** @returns whether there was one */
  forget(id: number): boolean {
    return this.known.delete(id);
  }

  placeholder(shape: readonly number[], dtype: number): Made {
    return this.register(this.graph.placeholder(shape, dtype));
  }

  /** From host values. @throws EngineError BAD_TENSOR */
  constant(shape: readonly number[], dtype: number, values: HostValues): Made {
    return this.register(this.graph.constant(shape, dtype, values));
  }

  /** Another id for the same. */
  share(id: number): Made {
    return this.register(this.shaped(id));
  }

  describe(id: number): Made {
    const { dtype, shape } = this.shaped(id);
    return { id, dtype, shape };
  }

  /** What an operation makes of `inputs`, tensors of here or real ones. @throws EngineError as ShapeGraph.results */
  results(name: string, attributes: readonly OpAttribute[], inputs: readonly number[], outputs: number): Made[] {
    const given = inputs.map((id) => this.shaped(id));
    return this.graph.results(name, attributes, given, outputs).map((shaped) => this.register(shaped));
  }

  private register(shaped: Shaped): Made {
    const id = nextId++;
    this.known.set(id, shaped);
    return { id, dtype: shaped.dtype, shape: shaped.shape };
  }

  private shaped(id: number): Shaped {
    const found = this.known.get(id) ?? this.real.get(id);
    if (found !== undefined) return found;
    const outside = this.outside(id);
    this.real.set(id, outside);
    return outside;
  }

  /** A tensor that is real is known by its shape; the handle of a variable by what the variable holds. */
  private outside(id: number): Shaped {
    const { shape, dtype } = Binding.prototype.describe.call(this.binding, id);
    const attributes = dtype === RESOURCE ? this.binding.resourceAttributes(id) : undefined;
    return attributes === undefined
      ? this.graph.placeholder(shape, dtype)
      : this.graph.results("VarHandleOp", attributes, [], 1)[0]!;
  }
}

export const metadata = ({ id, dtype, shape }: Made): TensorMetadata => ({ id, dtype, shape: [...shape] });
