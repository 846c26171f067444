import { Suspense } from "react";
import { ScoresPage } from "@/features/scores/ScoresPage";

export default function Page() {
  return (
    <Suspense>
      <ScoresPage />
    </Suspense>
  );
}
