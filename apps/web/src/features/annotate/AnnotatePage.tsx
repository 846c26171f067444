"use client";
import { useQuery } from "@apollo/client/react";
import { useViewer } from "@/features/shell/viewer";
import { useQueryParam } from "@/lib/useQueryParam";
import { ErrorPanel } from "@/ui/ErrorPanel";
import { Loaded } from "@/ui/Loaded";
import { TabTitle } from "@/ui/TabTitle";
import css from "./annotate.module.css";
import { ClassAnnotator } from "./classes/ClassAnnotator.tsx";
import { MaskAnnotator } from "./mask/MaskAnnotator.tsx";
import { isPurpose, purposeName } from "./model.ts";
import { AnnotateQuery } from "./queries.ts";

/** One queue of a data set, over the whole window. */
export function AnnotatePage({ datasetId }: { readonly datasetId: string }) {
  const query = useQuery(AnnotateQuery, { variables: { id: datasetId } });
  const [schemaId] = useQueryParam("schema", "");
  const [purpose] = useQueryParam("purpose", "FIRST_READ");
  const { viewer, mayAnnotate } = useViewer();
  const back = { href: `/datasets/${datasetId}?tab=review`, label: "Back to the review queue" };
  return (
    <main className={css.page}>
      <Loaded query={query} back={back}>
        {({ dataset }) => {
          const schema = dataset?.labelSchemas.find(({ id }) => id === schemaId) ?? dataset?.labelSchemas[0];
          if (!dataset || !schema || !isPurpose(purpose)) return <Refused error={missing} back={back} />;
          if (!viewer) return null;
          if (!mayAnnotate) return <Refused error={viewersOnly} back={back} />;
          const Annotator = schema.task === "SEGMENTATION" ? MaskAnnotator : ClassAnnotator;
          return (
            <>
              <TabTitle>{`${dataset.name}: ${purposeName[purpose]}`}</TabTitle>
              <Annotator
                key={`${schema.id} ${purpose}`}
                dataset={dataset}
                schema={schema}
                purpose={purpose}
                userId={viewer.userId}
                onProgress={() => void query.refetch()}
              />
            </>
          );
        }}
      </Loaded>
    </main>
  );
}

function Refused({ error, back }: { readonly error: typeof missing; readonly back: { href: string; label: string } }) {
  return (
    <div className={css.middle}>
      <TabTitle>Annotate</TabTitle>
      <h1 className="mantine-visually-hidden">Annotate</h1>
      <ErrorPanel error={error} back={back} />
    </div>
  );
}

const missing = {
  code: "NOT_FOUND",
  title: "There is nothing to annotate here",
  message: "The data set has no such labels, or the address is mistyped.",
  fix: "Go back to the review queue, and begin from there.",
};
const viewersOnly = {
  code: "FORBIDDEN",
  title: "Annotating needs the role annotator",
  message: "You may look at everything of this team, and change nothing.",
  fix: "Ask an admin of the team for a higher role.",
};
