/** @file Passwords (argon2id) and tokens (256 random bits; only their SHA-256 is stored). */
import { createHash, randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";

/** OWASP's password storage cheat sheet: argon2id, 19 MiB, 2 passes, 1 lane. argon2id is the library's default algorithm. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), cost);
}

/** False also where `passwordHash` is not a hash at all. */
export async function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  try {
    return await verify(passwordHash, password.normalize("NFKC"));
  } catch {
    return false;
  }
}

const checksum = (body: string) => createHash("sha256").update(body).digest("base64url").slice(0, 6);

/** `tes_` + 43 characters (256 bits) + 6 characters that show a typing mistake without a look-up. */
export function newToken(): { token: string; tokenHash: Buffer } {
  const body = randomBytes(32).toString("base64url");
  const token = `tes_${body}${checksum(body)}`;
  return { token, tokenHash: hashToken(token) };
}

export function isToken(text: string): boolean {
  return /^tes_[A-Za-z0-9_-]{49}$/.test(text) && checksum(text.slice(4, 47)) === text.slice(47);
}

export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
