import { proxyToApi } from "@/lib/proxyToApi";

export const dynamic = "force-dynamic";
export { proxyToApi as GET, proxyToApi as HEAD };
