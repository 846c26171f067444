"use client";
import { useQuery } from "@apollo/client/react";
import { Stack } from "@mantine/core";
import { useViewer } from "@/features/shell/viewer";
import { Loaded } from "@/ui/Loaded";
import { Page } from "@/ui/Page";
import { ApiTokens } from "./ApiTokens.tsx";
import { Invitations } from "./Invitations.tsx";
import { Members } from "./Members.tsx";
import { TeamQuery } from "./queries.ts";
import { Weights } from "./Weights.tsx";

export function TeamPage() {
  const query = useQuery(TeamQuery);
  const { viewer, isAdmin } = useViewer();
  return (
    <Page title={viewer?.teamName ?? "Team"} tabTitle="Team" lead="Everything belongs to the team; nothing crosses it.">
      <Loaded query={query}>
        {({ members, apiTokens, weights }) => (
          <Stack gap="md">
            <Members members={members} isAdmin={isAdmin} self={viewer?.userId} />
            {isAdmin && <Invitations />}
            <Weights weights={weights} />
            {viewer && <ApiTokens tokens={apiTokens} ownRole={viewer.role} />}
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}
