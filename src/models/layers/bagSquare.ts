/**
 * @file A bag's tiles as a square, as TransMIL wants them: their order cut into rows, and the square filled up with the bag's first tiles.
 *
 * Source: Shao et al. 2021, arXiv:2106.00908, algorithm 2 ("squaring"). Bags of a batch have squares of their own sides: a bag of n tiles
 * has ceil(sqrt n), whatever it is padded to, so that padding changes nothing. Places are numbers within one bag, as float32.
 */
import * as tf from "@tensorflow/tfjs";

/** Side of the square that holds every bag of so many tiles. */
export const squareSide = (tiles: number): number => Math.ceil(Math.sqrt(tiles));

/** Side of each bag's square. @param mask [b, tiles], 1 for a tile. @returns [b, 1] */
export const sidesOf = (mask: tf.Tensor2D): tf.Tensor2D => mask.sum(1, true).sqrt().ceil() as tf.Tensor2D;

const placesBelow = (count: number): tf.Tensor2D => tf.range(0, count, 1, "float32").expandDims(0) as tf.Tensor2D; // [1, count]

/** Of a square's cells, row by row, the tile that fills it; beyond the square tile 0. @returns [b, side * side] */
export function tilesOfCells(mask: tf.Tensor2D): tf.Tensor2D {
  const [, tiles] = mask.shape;
  const cell = placesBelow(squareSide(tiles) ** 2); //                                         [1, cells]
  const count = mask.sum(1, true); //                                                          [b, 1]
  const nth = cell.sub(count.mul(cell.greaterEqual(count).toFloat())); //                      [b, cells]; once around
  const inside = cellMask(mask);
  // The places of the tiles, in order, before those of padding.
  const order = tf.topk(mask.mul(tf.range(tiles, 0, -1, "float32")) as tf.Tensor2D, tiles).indices.toFloat();
  return gatherWithin(order.expandDims<tf.Tensor3D>(2), nth.mul(inside) as tf.Tensor2D).squeeze([2]);
}

/** 1 for a cell of the bag's square, row by row, 0 beyond. @returns [b, side * side] */
export function cellMask(mask: tf.Tensor2D): tf.Tensor2D {
  const cells = placesBelow(squareSide(mask.shape[1]) ** 2);
  return cells.less(sidesOf(mask).square()).toFloat() as tf.Tensor2D;
}

/** Of each cell of a square of the batch's side, the bag's own cell that lies there, and whether one does. Both [b, side * side] */
export function cellsOnGrid(mask: tf.Tensor2D): { readonly place: tf.Tensor2D; readonly present: tf.Tensor2D } {
  const side = squareSide(mask.shape[1]);
  const at = placesBelow(side ** 2);
  const row = at.add(0.5).div(side).floor();
  const column = at.sub(row.mul(side));
  const own = sidesOf(mask);
  const present = row.less(own).toFloat().mul<tf.Tensor2D>(column.less(own).toFloat());
  return { place: row.mul(own).add(column).mul(present) as tf.Tensor2D, present };
}

/** Back: where on the batch's square each of a bag's own cells lies; beyond them 0. @returns [b, side * side] */
export function gridOfCells(mask: tf.Tensor2D): tf.Tensor2D {
  const side = squareSide(mask.shape[1]);
  const cell = placesBelow(side ** 2);
  const own = sidesOf(mask);
  const row = cell.add(0.5).div(own).floor();
  return row
    .mul(side)
    .add(cell.sub(row.mul(own)))
    .mul(cellMask(mask)) as tf.Tensor2D;
}

/** Of each tile its place among the bag's tiles; of padding 0. @returns [b, tiles] */
export const orderOfTiles = (mask: tf.Tensor2D): tf.Tensor2D => mask.cumsum(1).sub(1).mul(mask) as tf.Tensor2D;

/** Row by row of each bag: values [b, n, width] at places [b, m]. @returns [b, m, width] */
export function gatherWithin(values: tf.Tensor3D, places: tf.Tensor2D): tf.Tensor3D {
  const [bags, rows, width] = values.shape;
  const first = tf.range(0, bags, 1, "float32").mul(rows).expandDims(1); //                    [b, 1]
  const flat = places.add(first).toInt().flatten() as tf.Tensor1D; //                          [b*m]
  return values
    .reshape([bags * rows, width])
    .gather(flat)
    .reshape([bags, places.shape[1], width]);
}
