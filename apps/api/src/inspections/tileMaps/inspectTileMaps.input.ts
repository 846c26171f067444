import { InputType } from "type-graphql";
import { GuardedMapsInput } from "../guardedMaps.input.ts";

@InputType({
  description: "Tile maps of a run on bags, with the checks of each kind of map. What is left out has a default",
})
export class InspectTileMapsInput extends GuardedMapsInput {}
