import { LabelChainsPage } from "@/features/labelChain/LabelChainsPage";

export default function Page() {
  return <LabelChainsPage />;
}
