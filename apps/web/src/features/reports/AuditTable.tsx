"use client";
import { Table, Text, UnstyledButton } from "@mantine/core";
import { count, percent } from "@/lib/format";
import { WideTable } from "@/ui/WideTable";
import { type Audit, handName, verdictName, verdictOrder } from "./model.ts";

type Share = Audit["sensitivity"];

interface Props {
  readonly audit: readonly Audit[];
  /** "classIndex-verdict-label" of the cell whose reports are shown. */
  readonly cell: string;
  readonly onCell: (cell: string) => void;
}

/** Every finding: the shares with their intervals, and how reports are read against the hand label. A cell chooses its reports. */
export function AuditTable({ audit, cell, onCell }: Props) {
  return (
    <WideTable label="Reports against hand labels" miw={900}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th rowSpan={2}>Finding</Table.Th>
          <Table.Th rowSpan={2} className="number">
            Sensitivity
          </Table.Th>
          <Table.Th rowSpan={2} className="number">
            Specificity
          </Table.Th>
          <Table.Th rowSpan={2} className="number">
            Precision
          </Table.Th>
          {([1, 0] as const).map((label) => (
            <Table.Th key={label} colSpan={4} style={{ textAlign: "center" }}>
              labelled {handName(label)}
            </Table.Th>
          ))}
        </Table.Tr>
        <Table.Tr>
          {[1, 0].flatMap((label) =>
            verdictOrder.map((verdict) => (
              <Table.Th key={`${label} ${verdict}`} className="number" fz="xs">
                {verdictName[verdict]}
              </Table.Th>
            )),
          )}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {audit.map((row) => (
          <Table.Tr key={row.classIndex}>
            <Table.Th scope="row" className="named">
              {row.finding}
            </Table.Th>
            <ShareCell of={row.sensitivity} />
            <ShareCell of={row.specificity} />
            <ShareCell of={row.precision} />
            {([1, 0] as const).flatMap((label) =>
              verdictOrder.map((verdict, at) => {
                const key = `${row.classIndex}-${verdict}-${label}`;
                const n = row.counts[at]?.[label] ?? 0;
                const wrong = (label === 1 && verdict === "NEGATIVE") || (label === 0 && verdict === "POSITIVE");
                return (
                  <Table.Td key={key} className="number" style={{ color: wrong && n > 0 ? "var(--stamp)" : undefined }}>
                    <UnstyledButton
                      fz="inherit"
                      aria-pressed={cell === key}
                      aria-label={`${row.finding}, labelled ${handName(label)}, read as ${verdictName[verdict]}: ${n}`}
                      style={{ color: "inherit", outline: cell === key ? "2px solid var(--ink)" : undefined }}
                      onClick={() => onCell(cell === key ? "" : key)}
                    >
                      {count(n)}
                    </UnstyledButton>
                  </Table.Td>
                );
              }),
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

function ShareCell({ of }: { readonly of: Share }) {
  return (
    <Table.Td className="number">
      {of ? percent(of.share, 0) : "–"}
      {of && (
        <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
          {percent(of.low, 0)} to {percent(of.high, 0)}
        </Text>
      )}
    </Table.Td>
  );
}
