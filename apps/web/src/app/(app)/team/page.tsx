import { Suspense } from "react";
import { TeamPage } from "@/features/team/TeamPage";

export default function Page() {
  return (
    <Suspense>
      <TeamPage />
    </Suspense>
  );
}
