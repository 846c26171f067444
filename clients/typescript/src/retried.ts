import { TesseraError } from "./error.ts";

const waitsMs = [200, 500, 1000, 2000, 5000];

/** Tries again after a pause while the server cannot be reached. Only for what is safe to repeat. */
export async function retried<T>(send: () => Promise<T>): Promise<T> {
  for (const waitMs of waitsMs) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof TesseraError && error.mayPass)) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  return send();
}
