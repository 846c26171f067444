"use client";
import { Text } from "@mantine/core";
import { score } from "@/lib/format";
import { type Schema, type Suspect, suspectText } from "./model.ts";

/** What the label says, what the models say, and what else is known. */
export function Said({ node, schema }: { readonly node: Suspect; readonly schema: Schema }) {
  const text = suspectText(node, schema);
  const several = schema.classes.length > 1;
  return (
    <Text size="xs" c="dimmed" component="div" pb={4}>
      {text && (
        <>
          <div>
            given <b style={{ color: "var(--mantine-color-text)" }}>{text.given}</b>
          </div>
          <div>{node.given === node.suggested ? text.suggested : `suggested ${text.suggested}`}</div>
        </>
      )}
      {!text && (
        <div>
          {several ? `${schema.classes[node.classIndex ?? 0]}: ` : ""}Dice {score(node.dice)}
        </div>
      )}
      {node.isIssue && <div style={{ color: "var(--stamp)" }}>held to be wrong</div>}
      {node.isPlanted !== null && node.isPlanted !== undefined && (
        <div>{node.isPlanted ? "changed by the planted noise" : "not changed by noise"}</div>
      )}
      {node.conflictingCopies.length > 0 && (
        <div style={{ color: "var(--stamp)" }}>
          contradicts its copy {node.conflictingCopies.map(({ name }) => name).join(", ")}
        </div>
      )}
    </Text>
  );
}
