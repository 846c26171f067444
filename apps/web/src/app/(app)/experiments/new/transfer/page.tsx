import { Suspense } from "react";
import { NewTransferStudyPage } from "@/features/newTransferStudy/NewTransferStudyPage";

export default function Page() {
  return (
    <Suspense>
      <NewTransferStudyPage />
    </Suspense>
  );
}
