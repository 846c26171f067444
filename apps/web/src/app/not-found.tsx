import Link from "next/link";
import { TabTitle } from "@/ui/TabTitle";

export default function NotFound() {
  return (
    <main id="main" style={{ maxWidth: 480, margin: "18vh auto", padding: 16 }}>
      <TabTitle>No such page</TabTitle>
      <h1>There is no such page</h1>
      <p>
        The address may be mistyped, or the page may have moved. Go to the <Link href="/experiments">experiments</Link>.
      </p>
    </main>
  );
}
