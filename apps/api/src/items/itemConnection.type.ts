import { connectionType } from "../graphql/connection.ts";
import { Item } from "./item.type.ts";

export const ItemConnection = connectionType("Item", () => Item);
