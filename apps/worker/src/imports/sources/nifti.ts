/**
 * @file NIfTI volumes beside their label volumes: each axial slice becomes an item, the volume is its subject.
 *
 * A slice's image is a PNG of its own, made from the volume through a window; its name is the volume's with the slice's number, and its
 * bytes name the volume's file.
 */
import { numberedClasses, parseDatasetLabels, type SourceClass, valueIndices } from "@tessera/domain/import/classList";
import { parseSubjects } from "@tessera/domain/import/kvasirFiles";
import { pairVolumes, type VolumePair } from "@tessera/domain/import/niftiLayout";
import type { ImageVolume, Imaging, LabelVolume, VolumeInfo } from "@tessera/imaging/client";
import type { ImportProblem } from "@tessera/store/imports";
import type { ImportContext } from "../importContext.ts";
import { FileProblem } from "../importProblem.ts";
import { decoders, type ImportSource, masksOf, type PreparedItem } from "../importSource.ts";
import { naming, readFile, type ShaOf, shasOf } from "../readFile.ts";
import { needText, readText } from "../textFiles.ts";

interface KnownVolume extends VolumePair {
  readonly info: VolumeInfo;
}

/** A header lies in the first bytes, zipped or not. */
const headBytes = 65536;

/** @throws DomainError BAD_INPUT where dataset.json cannot be read */
export async function niftiSource(context: ImportContext, imaging: Imaging): Promise<ImportSource> {
  const layout = pairVolumes(context.claimed.files.map(({ path }) => path));
  const shaOf = shasOf(context);
  const { volumes, problems } = await knownVolumes(context, imaging, layout.volumes, shaOf);
  const listed =
    layout.datasetPath === undefined ? null : await needText(context, shaOf, layout.datasetPath, parseDatasetLabels);
  const classes = listed ?? (await countedClasses(context, imaging, volumes, shaOf));
  const subjects = await readText(context, shaOf, layout.subjectsPath, parseSubjects);
  const { intensityWindow: window } = context.claimed;
  const shown =
    window === null ? "percentiles 0.5 to 99.5 of each volume" : `intensities ${window.low} to ${window.high}`;
  return {
    schema: masksOf(classes.map(({ name }) => name)),
    meaning: `axial slices in RAS+, ${shown} as black to white; a label's value is its class: ${classes.map(({ value, name }) => `${value} ${name}`).join(", ")}`,
    units: volumes.map((volume) => ({
      items: volume.info.slices,
      prepare: (decoder) =>
        prepareVolume(context, decoder, volume, {
          shaOf,
          classes,
          subject: subjects.value?.get(volume.name) ?? volume.name,
        }),
    })),
    parallel: 1, // a volume is large
    problems: [...layout.problems, ...problems, ...subjects.problem],
    lists: null,
    unitName: "volumes",
    missing: "there is no imagesTr (or images) folder with a labelsTr (or labels) folder beside it",
  };
}

/** Those whose image has a header that can be read; of how many slices is in it. */
async function knownVolumes(
  context: ImportContext,
  imaging: Imaging,
  pairs: readonly VolumePair[],
  shaOf: ShaOf,
): Promise<{ volumes: KnownVolume[]; problems: ImportProblem[] }> {
  const volumes: KnownVolume[] = [];
  const problems: ImportProblem[] = [];
  for (const pair of pairs) {
    const path = pair.imagePath;
    try {
      const bytes = await readFile(context, shaOf, path);
      const info = await imaging.volumeInfo(bytes.subarray(0, headBytes)).catch(naming(path));
      volumes.push({ ...pair, info });
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      problems.push({ path, code: error.code, message: error.message });
    }
  }
  return { volumes, problems };
}

/** Without a dataset.json: as many classes as the highest value below 255 says. */
async function countedClasses(
  context: ImportContext,
  imaging: Imaging,
  volumes: readonly KnownVolume[],
  shaOf: ShaOf,
): Promise<SourceClass[]> {
  let highest = 1;
  for (const { labelPath } of volumes) {
    const found = await readFile(context, shaOf, labelPath)
      .then((bytes) => imaging.labelVolume(bytes).catch(naming(labelPath)))
      .then((label) => label.found)
      .catch((error) => {
        if (error instanceof FileProblem) return []; // refused later, by name
        throw error;
      });
    highest = Math.max(highest, ...found.filter((value) => value < 255));
  }
  return numberedClasses(highest);
}

async function prepareVolume(
  context: ImportContext,
  imaging: Imaging,
  { name, imagePath, labelPath }: KnownVolume,
  { shaOf, classes, subject }: { shaOf: ShaOf; classes: readonly SourceClass[]; subject: string },
): Promise<PreparedItem[]> {
  const { intensityWindow } = context.claimed;
  const image = await imaging
    .imageVolume(await readFile(context, shaOf, imagePath), intensityWindow)
    .catch(naming(imagePath));
  const label = await imaging.labelVolume(await readFile(context, shaOf, labelPath)).catch(naming(labelPath));
  checkPlace(labelPath, label, image);
  const indexOf = indicesOf(labelPath, label, classes);
  const { objects, teamId } = context;
  const { width, height, slices } = image;
  const digits = Math.max(3, String(slices - 1).length);
  const prepareSlice = async (slice: number): Promise<PreparedItem> => {
    const [from, to] = [slice * width * height, (slice + 1) * width * height];
    const source = `sha256 ${shaOf.get(imagePath)} axial slice ${slice}`;
    const picture = await imaging.slicePicture(image.pixels.slice(from, to), width, height, source);
    const indices = Uint8Array.from(label.values.subarray(from, to), (value) => indexOf[value]!);
    const mask = await imaging.encodeClassMask(indices, width, height, classes.length);
    const put = (bytes: Buffer) => objects.put(teamId, bytes);
    const [png, thumbnail, maskPng] = await Promise.all([put(picture.png), put(picture.thumbnail), put(mask.png)]);
    return {
      name: `${name}/${String(slice).padStart(digits, "0")}`,
      path: imagePath,
      sha256: png.sha256,
      image: png,
      width,
      height,
      thumbnail,
      label: { mask: maskPng, regionPixels: mask.regionPixels, components: mask.components, boxes: null },
      subject,
      spacing: image.spacing,
    };
  };
  const prepared: PreparedItem[] = [];
  let next = 0;
  const work = async () => {
    for (let slice = next++; slice < slices; slice = next++) prepared.push(await prepareSlice(slice));
  };
  await Promise.all(Array.from({ length: 2 * decoders }, work));
  return prepared;
}

/** Image and label must lie on each other: the same voxels, and their first and last within one voxel of each other. */
function checkPlace(labelPath: string, label: LabelVolume, image: ImageVolume): void {
  const sides = ({ width, height, slices }: VolumeInfo) => [width, height, slices];
  if (sides(label).join() !== sides(image).join()) {
    const message = `The label has ${sides(label).join("x")} voxels, its image ${sides(image).join("x")}; resample the label to the image`;
    throw new FileProblem(labelPath, "SIZE_MISMATCH", message);
  }
  const last = sides(image).map((side) => side - 1);
  const voxel = Math.max(...[0, 1, 2].map((axis) => Math.hypot(...image.affine.map((row) => row[axis]!))));
  for (const at of [[0, 0, 0], last]) {
    const [a, b] = [label, image].map(({ affine }) =>
      affine.map((row) => row[0] * at[0]! + row[1] * at[1]! + row[2] * at[2]! + row[3]),
    ) as [number[], number[]];
    const apart = Math.hypot(...a.map((value, axis) => value - b[axis]!));
    if (apart <= voxel) continue;
    const message = `The label lies ${apart.toFixed(1)} mm from where its image is; resample the label to the image, or mend its header`;
    throw new FileProblem(labelPath, "SIZE_MISMATCH", message);
  }
}

/** By value: class index + 1. @throws FileProblem UNKNOWN_VALUE */
function indicesOf(labelPath: string, { found }: LabelVolume, classes: readonly SourceClass[]): Uint8Array {
  const values = valueIndices(classes);
  const known = new Map(values);
  const unknown = found.find((value) => !known.has(value));
  if (unknown !== undefined) {
    const message = `The label volume has the value ${unknown}, which is no class; add it to dataset.json's labels, or correct the volume`;
    throw new FileProblem(labelPath, "UNKNOWN_VALUE", message);
  }
  const indexOf = new Uint8Array(65536);
  for (const [value, index] of values) indexOf[value] = index;
  return indexOf;
}
