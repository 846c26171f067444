import { Suspense } from "react";
import { LabelChainPage } from "@/features/labelChain/LabelChainPage";

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return (
    <Suspense>
      <LabelChainPage id={id} />
    </Suspense>
  );
}
