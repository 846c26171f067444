import { Suspense } from "react";
import { NewLayerCutStudyPage } from "@/features/newLayerCutStudy/NewLayerCutStudyPage";

export default function Page() {
  return (
    <Suspense>
      <NewLayerCutStudyPage />
    </Suspense>
  );
}
