/**
 * @file The bytes that one call of a compiled step makes, at their highest, from its list of events.
 *
 * TensorFlow starts an operation as soon as its inputs are there, several at once, and frees a buffer after its last reader.
 * That is not program order, so three orders are played through: as written, breadth first and depth first. For the models of
 * this product they differ by less than a tenth; the highest counts.
 */

import { isView, tensorBytes } from "./buffers.ts";
import type { MemoryEvent } from "./dryRun.ts";
import { workspaceBytes } from "./workspace.ts";

interface Node {
  /** Buffers, by their number. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly workspace: number;
  readonly stateful: boolean;
}

/**
 * @param events of the step alone
 * @param roots  ids of what the step returns and of the new values of variables
 * @param isStateful whether an operation must run though nobody reads its results
 */
export function compiledPeak(
  events: readonly MemoryEvent[],
  roots: readonly number[],
  isStateful: (op: string) => boolean,
): number {
  const graph = new StepGraph(events, isStateful);
  const kept = new Set(roots.flatMap((id) => graph.bufferOf(id) ?? []));
  const live = graph.live(kept);
  const orders = [live, graph.sorted(live, "breadthFirst"), graph.sorted(live, "depthFirst")];
  return Math.max(...orders.map((order) => graph.play(order, kept)));
}

class StepGraph {
  private readonly nodes: Node[] = [];
  /** Buffer -> bytes. What is there before the step and stays is not counted: 0. */
  private readonly bytes: number[] = [];
  private readonly buffers = new Map<number, number>();
  /** Buffer -> the node that makes it. */
  private readonly maker = new Map<number, number>();

  constructor(events: readonly MemoryEvent[], isStateful: (op: string) => boolean) {
    for (const event of events) {
      if (event.kind === "shared") this.alias(event.id, event.of);
      if (event.kind === "made") this.buffer(event.tensor.id, event.constant ? tensorBytes(event.tensor) : 0);
      if (event.kind !== "ran" || event.op === "VarHandleOp") continue; // slots are made while recording only
      if (isView(event) && event.op !== "ReadVariableOp") {
        this.alias(event.outputs[0]!.id, event.inputs[0]!.id);
        continue;
      }
      const outputs = event.outputs.map((tensor) => this.buffer(tensor.id, tensorBytes(tensor)));
      for (const output of outputs) this.maker.set(output, this.nodes.length);
      this.nodes.push({
        inputs: [...new Set(event.inputs.flatMap(({ id }) => this.buffers.get(id) ?? []))],
        outputs,
        workspace: workspaceBytes(event),
        stateful: isStateful(event.op),
      });
    }
  }

  bufferOf(id: number): number | undefined {
    return this.buffers.get(id);
  }

  private buffer(id: number, bytes: number): number {
    const buffer = this.bytes.push(bytes) - 1;
    this.buffers.set(id, buffer);
    return buffer;
  }

  private alias(id: number, of: number): void {
    const buffer = this.buffers.get(of);
    if (buffer !== undefined) this.buffers.set(id, buffer);
  }

  private makersOf(buffers: Iterable<number>): number[] {
    return [...new Set([...buffers].flatMap((buffer) => this.maker.get(buffer) ?? []))];
  }

  /** Nodes that a kept buffer or a side effect needs, in program order. */
  live(kept: ReadonlySet<number>): number[] {
    const found = new Set<number>();
    const waiting = [...this.makersOf(kept), ...this.nodes.flatMap(({ stateful }, i) => (stateful ? [i] : []))];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (found.has(node)) continue;
      found.add(node);
      waiting.push(...this.makersOf(this.nodes[node]!.inputs));
    }
    return [...found].sort((a, b) => a - b);
  }

  /** Nodes as they become ready: those that have waited longest first, or those that became ready last. */
  sorted(live: readonly number[], order: "breadthFirst" | "depthFirst"): number[] {
    const missing = new Map<number, number>();
    const readers = new Map<number, number[]>();
    for (const node of live) {
      const makers = this.makersOf(this.nodes[node]!.inputs);
      missing.set(node, makers.length);
      for (const maker of makers) readers.set(maker, [...(readers.get(maker) ?? []), node]);
    }
    const ready = live.filter((node) => missing.get(node) === 0);
    const result: number[] = [];
    let head = 0;
    while (head < ready.length) {
      const node = order === "breadthFirst" ? ready[head++]! : ready.pop()!;
      result.push(node);
      for (const reader of readers.get(node) ?? []) {
        missing.set(reader, missing.get(reader)! - 1);
        if (missing.get(reader) === 0) ready.push(reader);
      }
    }
    return result;
  }

  /** Highest sum of bytes when the nodes run one after the other. A result never reuses its input's buffer here. */
  play(order: readonly number[], kept: ReadonlySet<number>): number {
    const readers = new Map<number, number>();
    for (const node of order) {
      for (const buffer of this.nodes[node]!.inputs) readers.set(buffer, (readers.get(buffer) ?? 0) + 1);
    }
    // Constants are part of the function and stay.
    let held = 0;
    for (const buffer of readers.keys()) if (!this.maker.has(buffer)) held += this.bytes[buffer]!;
    let peak = held;
    const free = (buffer: number) => {
      if (!kept.has(buffer) && this.maker.has(buffer)) held -= this.bytes[buffer]!;
    };
    for (const node of order) {
      const { inputs, outputs, workspace } = this.nodes[node]!;
      for (const output of outputs) held += this.bytes[output]!;
      peak = Math.max(peak, held + workspace);
      for (const output of outputs) if (!readers.has(output)) free(output);
      for (const input of inputs) {
        readers.set(input, readers.get(input)! - 1);
        if (readers.get(input) === 0) free(input);
      }
    }
    return peak;
  }
}
