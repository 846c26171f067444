/** @file What the cli says, and how it waits. Progress goes to stderr; stdout is for a result that a script reads. */
import type { Platform } from "./platform.ts";

export function say(text: string): void {
  console.error(`· ${text}`);
}

/** One line that is redrawn on a terminal, and printed at most every five seconds elsewhere. */
export class Bar {
  private lastPrinted = 0;

  show(label: string, done: number, total: number, detail = ""): void {
    const share = total > 0 ? Math.min(1, done / total) : 0;
    const filled = Math.round(share * 24);
    const text = `  ${"█".repeat(filled)}${"░".repeat(24 - filled)} ${String(Math.round(share * 100)).padStart(3)} %  ${label} ${detail}`;
    if (process.stderr.isTTY) {
      process.stderr.write(`\r\x1b[2K${text.slice(0, (process.stderr.columns ?? 120) - 1)}`);
    } else if (Date.now() - this.lastPrinted > 5000) {
      this.lastPrinted = Date.now();
      console.error(text);
    }
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[2K");
  }
}

/** Resolves at the first SIGINT or SIGTERM. */
export function interrupted(): Promise<"interrupted"> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve("interrupted"));
  });
}

/** Says where the dashboard is and waits for Ctrl-C; stops everything this process started. */
export async function untilStopped(platform: Platform, stopped = interrupted()): Promise<void> {
  say(`Dashboard: ${platform.url}`);
  say(`Sign in as ${platform.signIn.email} with the password ${platform.signIn.password}`);
  say("Ctrl-C stops everything this command started; the data stays.");
  const why = await Promise.race([stopped, platform.broken]);
  if (why !== "interrupted") console.error(`\n  ${why}; stopping the rest. Its log is under the home folder's logs/.`);
  say("Stopping");
  await platform.stop();
  process.exit(why === "interrupted" ? 0 : 1);
}
