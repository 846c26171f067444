/** @file A classifier as an encoder of tiles: the values that its head would see. */
import * as tf from "@tensorflow/tfjs";
import { parseGraph } from "@tessera/domain/weights/graph";
import { recognise } from "@tessera/domain/weights/recognise";
import { initEngine } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { lookUp, normalizedValues } from "@tessera/models/augmentation/normalize";
import { mobilenet } from "@tessera/models/classification/mobilenet";
import { foldedWeights } from "@tessera/models/weights/import/calibrate";
import { writeWeights } from "@tessera/models/weights/named";
import { readSafetensors } from "./safetensors.ts";
import type { ImportedFiles } from "./trainOptions.ts";

export interface TileEncoder {
  /** Per tile. */
  readonly features: number;
  /** Tiles of one call at most; fewer cost the same. */
  readonly atOnce: number;
  /**
   * Averages of batch normalisation, no dropout: the same tile gives the same features, whatever is beside it.
   * @param pixels [tiles*size*size*3] RGB
   * @returns [tiles*features]
   */
  encode(pixels: Uint8Array, tiles: number): Promise<Float32Array>;
}

const atOnce = 32;

/**
 * Of an imported MobileNet, its last feature map averaged over its places. The net is convolutional: tiles may have another side than
 * the images that it was trained on.
 * @throws DomainError BAD_FILE, BAD_INPUT for files that are no net of ours; EngineError
 */
export async function importedEncoder(files: ImportedFiles, size: number, threads: number): Promise<TileEncoder> {
  await initEngine({ threads });
  const { tensors } = readSafetensors(files.weights);
  const net = recognise(parseGraph(Buffer.from(files.graph).toString("utf8")), tensors);
  const model = mobilenet({ ...net, size }, 0);
  writeWeights(model, foldedWeights(net, tensors));
  const output = model.getLayer("head").input as tf.SymbolicTensor; //              [b, features]
  const part = tf.model({ inputs: model.inputs, outputs: output });
  const step = compile((images: tf.Tensor) => part.apply(images, { training: false }) as tf.Tensor, { maxTraces: 1 });
  const features = output.shape[1]!;
  const values = new Float32Array(atOnce * size * size * 3); // one shape is one recording: what is left over stays
  return {
    features,
    atOnce,
    async encode(pixels, tiles) {
      if (tiles > atOnce || pixels.length !== tiles * size * size * 3) {
        throw new RangeError(
          `Expected at most ${atOnce} tiles of ${size} x ${size} RGB, got ${pixels.length} bytes for ${tiles}`,
        );
      }
      lookUp(pixels, normalizedValues, values);
      const images = tf.tensor4d(values, [atOnce, size, size, 3]);
      const result = await step.async(images);
      const all = await result.data<"float32">();
      tf.dispose([images, result]);
      return all.slice(0, tiles * features);
    },
  };
}
