import { Suspense } from "react";
import { NewUNetStudyPage } from "@/features/newUNetStudy/NewUNetStudyPage";

export default function Page() {
  return (
    <Suspense>
      <NewUNetStudyPage />
    </Suspense>
  );
}
