import { Suspense } from "react";
import { NewNoiseStudyPage } from "@/features/newNoiseStudy/NewNoiseStudyPage";

export default function Page() {
  return (
    <Suspense>
      <NewNoiseStudyPage />
    </Suspense>
  );
}
