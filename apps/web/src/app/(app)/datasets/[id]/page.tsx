import { Suspense } from "react";
import { DatasetPage } from "@/features/dataset/DatasetPage";

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return (
    <Suspense>
      <DatasetPage id={id} />
    </Suspense>
  );
}
