/** @file Tile maps of one run on bags: the maps that were asked for, and the checks of every kind of them. */
import { DomainError } from "@tessera/domain/errors";
import type { TileMapsRequest, TileMapsResult } from "@tessera/domain/inspections/tileMaps";
import type { Given } from "./given.ts";

export async function tileMaps(_request: TileMapsRequest, _given: Given): Promise<TileMapsResult> {
  throw new DomainError("CONFLICT", "Tile maps are not computed by this worker yet");
}
