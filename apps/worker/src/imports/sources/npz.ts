/** @file Arrays of whole images in a .npz file, as MedMNIST publishes them: every row is an item. */
import { DomainError } from "@tessera/domain/errors";
import { parseClassNames } from "@tessera/domain/import/classNames";
import { publishedFolds } from "@tessera/domain/import/folds";
import { type ArrayFold, findNpz, readFolds } from "@tessera/domain/import/npzLayout";
import type { Imaging, NpzArray, PictureShape } from "@tessera/imaging/client";
import type { ImportContext } from "../importContext.ts";
import { FileProblem } from "../importProblem.ts";
import { classesOf, decoders, type ImportSource, type ImportUnit, type PreparedItem } from "../importSource.ts";
import { naming, readFile, shasOf } from "../readFile.ts";
import { needText } from "../textFiles.ts";

const rowsPerUnit = 50;

/** @throws DomainError BAD_INPUT where there is no file of arrays, or it cannot be read */
export async function npzSource(context: ImportContext, imaging: Imaging): Promise<ImportSource> {
  const { arraysPath, classesPath, problems } = findNpz(context.claimed.files.map(({ path }) => path));
  const shaOf = shasOf(context);
  if (arraysPath === undefined) throw new DomainError("BAD_INPUT", "There is no .npz file in the folder; add it");
  const listed = classesPath === undefined ? null : await needText(context, shaOf, classesPath, parseClassNames);
  const folds = await readArrays(context, imaging, arraysPath, shaOf, listed);
  const names = folds.folds.flatMap((part) =>
    part.labels.map((_, row) => ({ name: nameOf(part, row), fold: part.fold })),
  );
  const lists = publishedFolds(names);
  return {
    schema: classesOf(folds.classes, folds.exclusive),
    meaning: folds.exclusive
      ? `an image's class is the number of its row in the labels of ${arraysPath}`
      : `an image's classes are the columns of its row in the labels of ${arraysPath}: 1 present, 0 absent`,
    units: folds.folds.flatMap((part) => unitsOf(context, part, arraysPath)),
    parallel: decoders,
    problems,
    lists: lists && { ...lists, path: arraysPath },
    unitName: "rows",
    missing: "the arrays have no row",
  };
}

type Part = ArrayFold<NpzArray>;

const nameOf = ({ name, labels }: Part, row: number) =>
  `${name}/${String(row).padStart(Math.max(5, String(labels.length - 1).length), "0")}`;

async function readArrays(
  context: ImportContext,
  imaging: Imaging,
  path: string,
  shaOf: ReadonlyMap<string, string>,
  listed: readonly string[] | null,
) {
  try {
    const bytes = await readFile(context, shaOf, path);
    const arrays = await imaging.npzArrays(bytes).catch(naming(path));
    const folds = readFolds(arrays, listed);
    for (const { images } of folds.folds) shapeOf(images);
    return folds;
  } catch (error) {
    const known = error instanceof FileProblem || (error instanceof DomainError && error.code === "BAD_FILE");
    throw known ? new DomainError("BAD_INPUT", `${path}: ${error.message}`) : error;
  }
}

/** @throws DomainError BAD_FILE for an array that holds no pictures */
function shapeOf({ name, shape, values }: NpzArray): PictureShape {
  const [, height = 0, width = 0, channels = 1] = shape;
  if (
    values instanceof Uint8Array &&
    (shape.length === 3 || (shape.length === 4 && (channels === 1 || channels === 3)))
  ) {
    return { width, height, channels: channels === 3 ? 3 : 1 };
  }
  throw new DomainError(
    "BAD_FILE",
    `${name} has the shape ${shape.join("x")}${values instanceof Uint8Array ? "" : " of numbers above 8 bits"}; expected items x height x width (x 3) of uint8`,
  );
}

function unitsOf({ objects, teamId }: ImportContext, part: Part, path: string): ImportUnit[] {
  const shape = shapeOf(part.images);
  const bytes = shape.width * shape.height * shape.channels;
  const pixels = part.images.values as Uint8Array;
  const rows = part.labels.length;
  const prepare = async (imaging: Imaging, from: number, to: number): Promise<PreparedItem[]> => {
    const made = await imaging.pictures(pixels.slice(from * bytes, to * bytes), shape);
    return Promise.all(
      made.map(async ({ png, thumbnail, width, height }, index): Promise<PreparedItem> => {
        const [image, small] = await Promise.all([objects.put(teamId, png), objects.put(teamId, thumbnail)]);
        return {
          name: nameOf(part, from + index),
          path,
          sha256: image.sha256,
          image,
          width,
          height,
          thumbnail: small,
          label: { classValues: part.labels[from + index]! },
          subject: null,
          spacing: null,
        };
      }),
    );
  };
  return Array.from({ length: Math.ceil(rows / rowsPerUnit) }, (_, unit) => {
    const from = unit * rowsPerUnit;
    const to = Math.min(rows, from + rowsPerUnit);
    return { items: to - from, prepare: (imaging: Imaging) => prepare(imaging, from, to) };
  });
}
