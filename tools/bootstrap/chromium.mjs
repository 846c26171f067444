import { existsSync } from "node:fs";
import { say, withProgress } from "./console.mjs";
import { run } from "./run.mjs";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser tests need a Chromium. Debian's is installed where that is possible; elsewhere these tests say loudly that they skip. */
export async function ensureChromium() {
  if (process.env.TESSERA_CHROMIUM || places.some((path) => existsSync(path))) return;
  const debian = existsSync("/usr/bin/apt-get") && process.getuid?.() === 0;
  if (debian) {
    const install = async () => {
      await run("apt-get", ["update", "-qq"]);
      return run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      });
    };
    const { code } = await withProgress("Installing Chromium for the browser tests", install);
    if (code === 0) return;
  }
  say("WARNING: no Chromium: the browser tests will be skipped. Install it, or set TESSERA_CHROMIUM to its path.");
}
