import { Suspense } from "react";
import { AnnotatePage } from "@/features/annotate/AnnotatePage";

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return (
    <Suspense>
      <AnnotatePage datasetId={id} />
    </Suspense>
  );
}
