"use client";
import Link from "next/link";
import { ScrollFrame } from "@/ui/ScrollFrame";
import { type Chain, type ChainNode, edgeText, gainText, nodeLines, nodeTitle } from "./nodeText.ts";

const box = { width: 236, height: 128, gap: 108 } as const;
const top = 14;
const letters = 34; // that fit into a box

/** The chain from left to right: a box per hop, an arrow per hand-over. Scrolls where it is wider than the screen. */
export function ChainGraph({ chain }: { readonly chain: Chain }) {
  const { nodes, edges } = chain;
  const step = box.width + box.gap;
  const width = nodes.length * step - box.gap + 4;
  return (
    <ScrollFrame label="Chain of weights, first to last">
      <svg width={width} height={box.height + 2 * top + 26}>
        <title>{`${nodes.length} sets of weights, first to last`}</title>
        <defs>
          <marker id="chain-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0 8 4 0 8Z" fill="var(--ink-soft)" />
          </marker>
        </defs>
        {edges.map((edge, at) => {
          const from = at * step + box.width + 2;
          const y = top + box.height / 2;
          return (
            <g key={edge.to} fontSize="11" fill="var(--ink-soft)" textAnchor="middle">
              <line
                x1={from + 2}
                x2={from + box.gap - 6}
                y1={y}
                y2={y}
                stroke="var(--ink-soft)"
                strokeDasharray={edge.statisticsOnly ? "4 3" : undefined}
                markerEnd="url(#chain-arrow)"
              />
              <text x={from + box.gap / 2 - 3} y={y - 7}>
                {edgeText(edge)}
              </text>
              {edge.report && <title>{edge.report}</title>}
            </g>
          );
        })}
        {nodes.map((node, at) => (
          <Box key={`${node.kind} ${node.id}`} node={node} x={at * step + 2} last={at === nodes.length - 1} />
        ))}
      </svg>
    </ScrollFrame>
  );
}

function Box({ node, x, last }: { readonly node: ChainNode; readonly x: number; readonly last: boolean }) {
  const overlaps = (node.overlap?.count ?? 0) > 0;
  const gain = gainText(node);
  const edge = overlaps ? "var(--mantine-color-error)" : last ? "var(--mantine-color-petrol-6)" : "var(--hairline)";
  const drawn = (
    <g transform={`translate(${x} ${top})`} fill="var(--mantine-color-text)">
      <rect
        width={box.width}
        height={box.height}
        rx={3}
        fill={last ? "var(--surface)" : "var(--well)"}
        stroke={edge}
        strokeWidth={overlaps || last ? 2 : 1}
      />
      <text x={12} y={22} fontSize="11" fill="var(--ink-soft)" letterSpacing="0.04em">
        {last ? "THIS RUN" : node.kind === "RUN" ? "RUN" : "START"}
      </text>
      <text x={12} y={42} fontSize="14" fontWeight="600">
        {shortened(nodeTitle(node), 28)}
        <title>{nodeTitle(node)}</title>
      </text>
      {nodeLines(node).map((line, i) => (
        <text key={line} x={12} y={62 + 17 * i} fontSize="12">
          {shortened(line, letters)}
        </text>
      ))}
      {gain && (
        <text x={12} y={box.height + 17} fontSize="12" fontWeight="600">
          {`gain ${gain}`}
        </text>
      )}
      {overlaps && (
        <text
          x={box.width - 10}
          y={22}
          fontSize="11"
          fontWeight="700"
          textAnchor="end"
          fill="var(--mantine-color-error)"
        >
          SAW {node.overlap!.count} TEST PICTURES
        </text>
      )}
    </g>
  );
  return node.run && !last ? <Link href={`/runs/${node.run.id}?tab=setup`}>{drawn}</Link> : drawn;
}

const shortened = (text: string, most: number) => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);
