import { connectionType } from "../graphql/connection.ts";
import { ItemPrediction } from "./itemPrediction.type.ts";

export const ItemPredictionConnection = connectionType("ItemPrediction", () => ItemPrediction);
