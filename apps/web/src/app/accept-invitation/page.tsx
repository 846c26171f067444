import { Suspense } from "react";
import { AcceptInvitation } from "@/features/auth/AcceptInvitation";

export default function Page() {
  return (
    <Suspense>
      <AcceptInvitation />
    </Suspense>
  );
}
