/** Writes src/gql from schema.graphql and the operations in src. Run in apps/web: `graphql-codegen --config codegen.ts`. */
import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: process.env.TESSERA_SCHEMA ?? "../../schema.graphql",
  documents: ["src/**/*.{ts,tsx}", "!src/gql/**"],
  ignoreNoDocuments: true,
  generates: {
    "src/gql/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        scalars: { UUID: "string", DateTime: "string", JSONObject: "Record<string, unknown>" },
        defaultScalarType: "unknown",
      },
    },
  },
};

export default config;
