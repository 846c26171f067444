"use client";
import { ActionIcon, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";

interface Props {
  /** What is saved, for those who do not see it: "the curves of validation/dice". */
  readonly what: string;
  readonly ways: readonly { readonly label: string; readonly save: () => void }[];
}

/** A chart as a file: for a paper, for a slide, for another program. */
export function SaveMenu({ what, ways }: Props) {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Save ${what}`}>
          <IconDownload size={15} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {ways.map(({ label, save }) => (
          <Menu.Item key={label} onClick={save}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
