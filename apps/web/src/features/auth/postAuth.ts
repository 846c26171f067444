import { type DescribedError, describeError } from "@/lib/describeError";
import { describeResponse } from "@/lib/httpError";

/** Posts to /auth/<action>; the answer is the problem, or null when all is well. */
export async function postAuth(action: "sign-in" | "accept-invitation", body: object): Promise<DescribedError | null> {
  try {
    const response = await fetch(`/auth/${action}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return response.ok ? null : describeResponse(response);
  } catch (error) {
    return describeError(error);
  }
}
