import { connectionType } from "../graphql/connection.ts";
import { SlideResult } from "./slideResult.type.ts";

export const SlideResultConnection = connectionType("SlideResult", () => SlideResult);
