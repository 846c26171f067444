import { Suspense } from "react";
import { SlidePage } from "@/features/slides/SlidePage";

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return (
    <Suspense>
      <SlidePage id={id} />
    </Suspense>
  );
}
