import { Suspense } from "react";
import { ExperimentPage } from "@/features/experiment/ExperimentPage";

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return (
    <Suspense>
      <ExperimentPage id={id} />
    </Suspense>
  );
}
