import { Suspense } from "react";
import { ExperimentsPage } from "@/features/experiments/ExperimentsPage";

export default function Page() {
  return (
    <Suspense>
      <ExperimentsPage />
    </Suspense>
  );
}
