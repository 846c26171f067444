import path from "node:path";
import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";

const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

const config: NextConfig = {
  // A compressed event stream is a buffered one: live curves would arrive in lumps.
  compress: false,
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `tsc -p apps/web/tsconfig.json --noEmit`; the build need not do it a second time.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: repository },
  outputFileTracingRoot: repository,
  experimental: { optimizePackageImports: ["@mantine/core", "@mantine/hooks", "@tabler/icons-react"] },
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "X-Frame-Options", value: "DENY" },
        { key: "Referrer-Policy", value: "same-origin" },
      ],
    },
  ],
};

export default config;
