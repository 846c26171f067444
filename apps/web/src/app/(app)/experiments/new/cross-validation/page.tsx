import { Suspense } from "react";
import { NewCrossValidationPage } from "@/features/newExperiment/NewCrossValidationPage";

export default function Page() {
  return (
    <Suspense>
      <NewCrossValidationPage />
    </Suspense>
  );
}
