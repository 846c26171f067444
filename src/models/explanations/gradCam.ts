/**
 * @file Grad-CAM: which cells of the last block's activations raise the logit of a class.
 *
 *   weight   a_k = mean over cells of  d logit / d A_k        [b, filters]
 *   map          = ReLU(sum_k a_k A_k)                         [b, h, w], then drawn to the side of the image, bilinear
 *
 * Source: Selvaraju et al. 2017, arXiv:1610.02391, equations 1 and 2. A is what goes into the global average: the output of the last
 * block. Of these classifiers (a global average and one linear head) it is CAM (Zhou et al. 2016, arXiv:1512.04150) divided by the number of
 * cells. The map is as coarse as A, and a pixel of it is a blend of cells that see much of the image.
 */
import * as tf from "@tensorflow/tfjs";

/**
 * @param activations [b, h, w, filters] of the last block
 * @param slopes the same: derivatives of the explained number by them
 * @returns [b, h, w], none below 0
 */
export function gradCamCells(activations: tf.Tensor4D, slopes: tf.Tensor4D): tf.Tensor3D {
  return tf.tidy(() =>
    activations
      .mul(slopes.mean([1, 2], true))
      .sum<tf.Tensor3D>(3)
      .relu(),
  );
}

/** [b, h, w] -> [b, size, size]; the corners of cells, not their middles, meet the image's border (PyTorch's align_corners=False). */
export function drawnTo(size: number, cells: tf.Tensor3D): tf.Tensor3D {
  return tf.tidy(() =>
    tf.image.resizeBilinear(cells.expandDims<tf.Tensor4D>(3), [size, size], false, true).squeeze<tf.Tensor3D>([3]),
  );
}
