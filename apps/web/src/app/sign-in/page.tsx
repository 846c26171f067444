import { Suspense } from "react";
import { SignIn } from "@/features/auth/SignIn";

export default function Page() {
  return (
    <Suspense>
      <SignIn />
    </Suspense>
  );
}
