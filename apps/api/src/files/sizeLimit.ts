/** @file A stream that counts what passes and ends with TOO_LARGE at the limit. */
import { Transform } from "node:stream";
import { DomainError } from "@tessera/domain/errors";

export function sizeLimit(most: number): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      done(size > most ? tooLarge(most) : null, chunk);
    },
  });
}

export function tooLarge(most: number): DomainError {
  return new DomainError("TOO_LARGE", `A file may have ${most} bytes at most; send a smaller one`, { most });
}
