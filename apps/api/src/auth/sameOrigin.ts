/**
 * @file Refuses what another site's page makes a browser send (CSRF).
 *
 * A browser names the page's origin on every POST, PUT and cross-site request; it must be ours. A request with neither
 * Origin nor Sec-Fetch-Site comes from no browser, so no cookie of somebody else rides on it. Trusting X-Forwarded-Host
 * is safe here: a page cannot set it across origins without a preflight, and this server answers none.
 */

import type { IncomingHttpHeaders } from "node:http";
import { DomainError } from "@tessera/domain/errors";

export function checkSameOrigin(headers: IncomingHttpHeaders, allowedOrigins: readonly string[]): void {
  const site = headers["sec-fetch-site"];
  const foreignSite = site !== undefined && site !== "same-origin" && site !== "none";
  if (headers.origin === undefined ? !foreignSite : isOurs(headers.origin, headers, allowedOrigins)) return;
  throw new DomainError("FORBIDDEN", "Refused: the request comes from a page of another site", {
    origin: headers.origin ?? site,
  });
}

function isOurs(origin: string, headers: IncomingHttpHeaders, allowedOrigins: readonly string[]): boolean {
  if (allowedOrigins.includes(origin)) return true;
  const hosts = [headers.host, headers["x-forwarded-host"]];
  return URL.canParse(origin) && hosts.includes(new URL(origin).host);
}
