import { ObjectType } from "type-graphql";

@ObjectType({ description: "A run on bags, and its bag of one slide's tiles" })
export class SlideRun {}
