/** Where to go after signing in: only a path of this site, so that a crafted link cannot lead elsewhere. */
export function safeNext(next: string | null): string {
  return next && /^\/[^/\\]/.test(next) ? next : "/experiments";
}
