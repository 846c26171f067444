import { Suspense } from "react";
import { WorkersPage } from "@/features/workers/WorkersPage";

export default function Page() {
  return (
    <Suspense>
      <WorkersPage />
    </Suspense>
  );
}
