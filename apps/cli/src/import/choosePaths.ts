/** @file Which files of a folder an import needs, by its layout. */
import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { DomainError } from "@tessera/domain/errors";
import { findBags } from "@tessera/domain/import/bagLayout";
import { findClassFolders } from "@tessera/domain/import/classFoldersLayout";
import { findClassTable } from "@tessera/domain/import/classTableLayout";
import { findCoco } from "@tessera/domain/import/coco/layout";
import { findFeatureFiles } from "@tessera/domain/import/featureFilesLayout";
import { pairIndexMasks } from "@tessera/domain/import/indexMaskLayout";
import { pairKvasir } from "@tessera/domain/import/kvasirLayout";
import type { LayoutProblem } from "@tessera/domain/import/layoutProblem";
import { guessLayout, type ImportLayout } from "@tessera/domain/import/layouts";
import { pairVolumes } from "@tessera/domain/import/niftiLayout";
import { findNpz } from "@tessera/domain/import/npzLayout";
import { isClutter } from "@tessera/domain/import/paths";

interface Wanted {
  readonly directory: string;
  readonly layout?: ImportLayout;
  readonly items?: number;
  /** Of the folder, this file alone. */
  readonly file?: string;
}

interface Chosen {
  readonly layout: ImportLayout;
  /** Under the folder, with "/" between the parts. */
  readonly paths: readonly string[];
}

const expected =
  "images/ beside masks/, images and a COCO JSON file, imagesTr/ beside labelsTr/ of NIfTI volumes, a folder of images per class, images and a CSV table of classes, a .npz file, DICOM films, files of features (.h5, .safetensors), or a CSV table of bags; or say which with --layout";

/** @throws DomainError BAD_INPUT for a folder that cannot be read, or has nothing of the layout */
export async function choosePaths({ directory, file, layout, items }: Wanted): Promise<Chosen> {
  const paths = file === undefined ? await pathsUnder(directory) : [file];
  const chosen = layout ?? guessLayout(paths);
  if (chosen === null) {
    throw new DomainError(
      "BAD_INPUT",
      `${directory} has no layout that is known; give the folder that holds ${expected}`,
      {
        directory,
      },
    );
  }
  if (chosen === "kvasir-seg") return { layout: chosen, paths: kvasirPaths(directory, paths, items) };
  if (items !== undefined)
    throw new DomainError("BAD_INPUT", "--items chooses among the items of a Kvasir-SEG folder only");
  const { found, problems } = lookInto[chosen](paths);
  if (found === 0) {
    throw new DomainError(
      "BAD_INPUT",
      `${directory} holds nothing of the layout ${chosen}; give the folder that holds ${expected}`,
      {
        directory,
      },
    );
  }
  // Files of the layout that lack their partner are sent too: the import's report names them.
  const unused = new Set(problems.filter(({ code }) => code === "UNUSED_FILE").map(({ path }) => path));
  return { layout: chosen, paths: paths.filter((path) => !unused.has(path) && !isClutter(path)) };
}

type Look = (paths: readonly string[]) => { found: number; problems: readonly LayoutProblem[] };

const coco =
  (kind: "instances" | "panoptic"): Look =>
  (paths) => {
    const { jsonPath, images, problems } = findCoco(paths, kind);
    return { found: jsonPath === undefined ? 0 : images.paths.length, problems };
  };

const lookInto: Readonly<Record<Exclude<ImportLayout, "kvasir-seg">, Look>> = {
  "index-masks"(paths) {
    const { pairs, problems } = pairIndexMasks(paths);
    return { found: pairs.length, problems };
  },
  "coco-instances": coco("instances"),
  "coco-panoptic": coco("panoptic"),
  nifti(paths) {
    const { volumes, problems } = pairVolumes(paths);
    return { found: volumes.length, problems };
  },
  "class-folders"(paths) {
    const { images, problems } = findClassFolders(paths);
    return { found: images.length, problems };
  },
  "class-csv"(paths) {
    const { tablePath, files, problems } = findClassTable(paths, "images");
    return { found: tablePath === undefined ? 0 : files.paths.length, problems };
  },
  slides(paths) {
    const { files, problems } = findClassTable(paths, "slides");
    return { found: files.paths.length, problems };
  },
  dicom(paths) {
    const { files, problems } = findClassTable(paths, "films");
    return { found: files.paths.length, problems };
  },
  npz(paths) {
    const { arraysPath, problems } = findNpz(paths);
    return { found: arraysPath === undefined ? 0 : 1, problems };
  },
  "bag-csv"(paths) {
    const { tablePath, problems } = findBags(paths);
    return { found: tablePath === undefined ? 0 : 1, problems };
  },
  "feature-files"(paths) {
    const { files, problems } = findFeatureFiles(paths);
    return { found: files.paths.length, problems };
  },
};

async function pathsUnder(directory: string): Promise<string[]> {
  let entries: { name: string; parentPath: string; isFile(): boolean }[];
  try {
    entries = await readdir(directory, { recursive: true, withFileTypes: true });
  } catch (error) {
    const message = `${directory} cannot be read as a folder; give the folder that holds ${expected}`;
    throw new DomainError("BAD_INPUT", message, {}, error);
  }
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

/** All of them, or those of the chosen items and of the lists beside them. */
function kvasirPaths(directory: string, paths: readonly string[], items: number | undefined): string[] {
  const { pairs, boxesPath, splitLists, subjectsPath } = pairKvasir(paths);
  if (pairs.length === 0) {
    const message = `${directory} holds no pair of images/NAME and masks/NAME; give the folder that holds images/ and masks/`;
    throw new DomainError("BAD_INPUT", message, { directory });
  }
  // Files of the layout that lack their partner are sent too: the import's report names them.
  const lists = [boxesPath, subjectsPath, splitLists?.train, splitLists?.test, splitLists?.validation];
  const layout = paths.filter((path) => lists.includes(path) || /(^|\/)(images|masks)\/[^/]+$/.test(path));
  if (items === undefined || items >= pairs.length) return layout;
  const byHash = (name: string) => createHash("sha256").update(name).digest("hex");
  const chosen = new Set(
    [...pairs]
      .sort((a, b) => (byHash(a.name) < byHash(b.name) ? -1 : 1))
      .slice(0, items)
      .map((pair) => pair.name),
  );
  const left = new Set(
    pairs.filter((pair) => !chosen.has(pair.name)).flatMap((pair) => [pair.imagePath, pair.maskPath]),
  );
  return layout.filter((path) => !left.has(path));
}
