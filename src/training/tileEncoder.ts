/** @file A classifier as an encoder of tiles: the values that its head would see. */
import * as tf from "@tensorflow/tfjs";
import { channelsOf, type ImageChannels } from "@tessera/domain/configuration/channels";
import { DomainError } from "@tessera/domain/errors";
import { parseGraph } from "@tessera/domain/weights/graph";
import { recognise } from "@tessera/domain/weights/recognise";
import { initEngine } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { withChannels } from "@tessera/models/augmentation/grey";
import { lookUp, normalizedValues } from "@tessera/models/augmentation/normalize";
import { classifier } from "@tessera/models/classification/classifier";
import { mobilenet } from "@tessera/models/classification/mobilenet";
import { foldedWeights } from "@tessera/models/weights/import/calibrate";
import { writeWeights } from "@tessera/models/weights/named";
import { readCheckpoint, scoredWeights } from "./checkpoint.ts";
import { readSafetensors } from "./safetensors.ts";
import type { ImportedFiles } from "./trainOptions.ts";

export interface TileEncoder {
  /** Pixels of a tile's side, as `encode` takes them. */
  readonly size: number;
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
  return encoderOf(model, size, 3);
}

/**
 * Of a classification run, what its head sees at this checkpoint: the averaged weights where the run has any. Tiles have the side, the
 * channels and the scale of values of the run's images.
 * @throws DomainError BAD_FILE for a file that is no checkpoint; BAD_INPUT for one of another task; EngineError
 */
export async function runEncoder(checkpoint: Uint8Array, threads: number): Promise<TileEncoder> {
  const read = readCheckpoint(checkpoint);
  const { configuration, classes = 1, seed } = read.state;
  if (configuration.task !== "classification") {
    const message = `Expected a checkpoint of a classification, got one of ${configuration.task}; choose another run`;
    throw new DomainError("BAD_INPUT", message, { task: configuration.task });
  }
  await initEngine({ threads });
  const model = classifier({ ...configuration.model, classes }, seed);
  writeWeights(model, scoredWeights(read));
  return encoderOf(model, configuration.model.size, channelsOf(configuration.model));
}

/** The layer before the head: every classifier has one of that name. */
function encoderOf(model: tf.LayersModel, size: number, channels: ImageChannels): TileEncoder {
  const output = model.getLayer("head").input as tf.SymbolicTensor; //              [b, features]
  const part = tf.model({ inputs: model.inputs, outputs: output });
  const step = compile((images: tf.Tensor) => part.apply(images, { training: false }) as tf.Tensor, { maxTraces: 1 });
  const features = output.shape[1]!;
  const values = new Float32Array(atOnce * size * size * channels); // one shape is one recording: what is left over stays
  return {
    size,
    features,
    atOnce,
    async encode(pixels, tiles) {
      if (tiles > atOnce || pixels.length !== tiles * size * size * 3) {
        throw new RangeError(
          `Expected at most ${atOnce} tiles of ${size} x ${size} RGB, got ${pixels.length} bytes for ${tiles}`,
        );
      }
      lookUp(withChannels(pixels, channels), normalizedValues, values);
      const images = tf.tensor4d(values, [atOnce, size, size, channels]);
      const result = await step.async(images);
      const all = await result.data<"float32">();
      tf.dispose([images, result]);
      return all.slice(0, tiles * features);
    },
  };
}
