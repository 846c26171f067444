import { ObjectType } from "type-graphql";

@ObjectType({ description: "Where the tiles of a bag are: its rows are the manifest's tiles, in their order" })
export class BagOrigin {}
