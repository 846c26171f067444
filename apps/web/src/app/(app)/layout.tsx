import type { ReactNode } from "react";
import { Shell } from "@/features/shell/Shell";

export default function SignedInLayout({ children }: { readonly children: ReactNode }) {
  return <Shell>{children}</Shell>;
}
