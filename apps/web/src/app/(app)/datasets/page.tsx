import { Suspense } from "react";
import { DatasetsPage } from "@/features/datasets/DatasetsPage";

export default function Page() {
  return (
    <Suspense>
      <DatasetsPage />
    </Suspense>
  );
}
