/** @file The check that every classifier of fixed depth makes. */
import { DomainError } from "@tessera/domain/errors";

/** @throws DomainError BAD_INPUT when the size or the number of classes is no positive integer */
export function checkSides(
  family: string,
  { size, classes }: { readonly size: number; readonly classes: number },
): void {
  const wrong = Object.entries({ size, classes }).find(([, value]) => !Number.isInteger(value) || value < 1);
  if (wrong === undefined) return;
  const [field, value] = wrong;
  const message = `${family}: expected a positive whole number for ${field}, got ${value}; size is in pixels, classes are logits`;
  throw new DomainError("BAD_INPUT", message, { size, classes });
}
