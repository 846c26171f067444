import { Suspense } from "react";
import { NewExperimentPage } from "@/features/newExperiment/NewExperimentPage";

export default function Page() {
  return (
    <Suspense>
      <NewExperimentPage />
    </Suspense>
  );
}
