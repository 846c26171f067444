import { Suspense } from "react";
import { NewWitnessStudyPage } from "@/features/newWitnessStudy/NewWitnessStudyPage";

export default function Page() {
  return (
    <Suspense>
      <NewWitnessStudyPage />
    </Suspense>
  );
}
