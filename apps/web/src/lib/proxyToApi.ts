/**
 * @file Hands a request to the api and its answer back, both as streams.
 *
 * `rewrites()` of next.config would fix the api's address at build time; this reads TESSERA_API_URL when the request comes,
 * so that one build serves any port. It also streams: uploads are never held in memory, events are never buffered.
 */
const hopByHop = [
  "connection",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
  "host",
  "content-length",
  "accept-encoding",
];

export async function proxyToApi(request: Request): Promise<Response> {
  const base = process.env.TESSERA_API_URL ?? "http://127.0.0.1:4000";
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  for (const name of hopByHop) headers.delete(name);
  headers.set("accept-encoding", "identity");
  // The api compares a page's origin with the host that the browser asked for: ours, not the one between us and the api.
  headers.set("x-forwarded-host", request.headers.get("x-forwarded-host") ?? request.headers.get("host") ?? "");
  try {
    const answer = await fetch(new URL(pathname + search, base), {
      method: request.method,
      headers,
      body: request.body,
      redirect: "manual",
      cache: "no-store",
      signal: request.signal,
      // Node needs this to send a body as a stream; the DOM types do not know it yet.
      ...({ duplex: "half" } as object),
    });
    const answerHeaders = new Headers(answer.headers);
    for (const name of ["connection", "keep-alive", "transfer-encoding"]) answerHeaders.delete(name);
    return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers: answerHeaders });
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    console.error(`The api at ${base} did not answer ${request.method} ${pathname}:`, error);
    const message = "The api is not reachable. Check that it is running and that TESSERA_API_URL points at it.";
    return Response.json({ errors: [{ message, extensions: { code: "UNAVAILABLE" } }] }, { status: 502 });
  }
}
