import { NewLabelChainPage } from "@/features/labelChain/NewLabelChainPage";

export default function Page() {
  return <NewLabelChainPage />;
}
