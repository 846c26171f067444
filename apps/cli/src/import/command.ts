/** @file `tessera import FOLDER`: sends a folder of images and labels to a running Tessera. */
import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { TesseraClient } from "@tessera/client/client";
import { DomainError } from "@tessera/domain/errors";
import { type ImportLayout, type IntensityWindow, importLayouts } from "@tessera/domain/import/layouts";
import { ensureDataset, type Modality, modalities } from "../datasets.ts";
import { Bar, say } from "../terminal.ts";
import { importFolder } from "./folder.ts";

const usage = `tessera import FOLDER|FILE --url URL [--project NAME] [--dataset NAME] [--reader NAME] [--items N]
               [--layout LAYOUT] [--window LOW,HIGH] [--modality MODALITY]

  TESSERA_TOKEN is an API token of a researcher. LAYOUT is guessed from the files where it is not given:
    kvasir-seg        images/ beside masks/ of one class
    index-masks       images/ beside masks/ of PNG files whose pixel values are classes, named in classes.json or .txt
    coco-instances    one COCO JSON file with polygons or run lengths, and its images
    coco-panoptic     one COCO panoptic JSON file, its PNG files of segment ids, and its images
    nifti             imagesTr/ beside labelsTr/ (or images/, labels/) of .nii(.gz); each axial slice becomes an item
    class-folders     a folder of images per class, or train, val and test with a folder per class in each
    class-csv         images and one CSV table: item[,subject][,site][,fold], then a column class or one of 0 and 1 per class
    npz               train_images, train_labels, val_…, test_… in one .npz file, as MedMNIST has them
    bag-csv           bags of feature vectors in one CSV table, a line per tile: bag, label, then features
    feature-files     features of slides' tiles (.h5 as CLAM and TRIDENT write it, .safetensors), with a table of the slides as above
    slides            slides (.svs, .ndpi, tiled .tif, …), with a table as above: slide, class, where the file does not say mpp
    dicom             films (.dcm), with a table as above where there are labels; their tags are dropped
  --window: the intensities of volumes shown as black and white; each volume's percentiles 0.5 and 99.5 without it
  --items: only N items of a kvasir-seg folder
  --modality: of a new dataset: endoscopy, xray, histology or other; without it, dicom films are xray, and else other
`;

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      url: { type: "string", default: "http://127.0.0.1:3000" },
      project: { type: "string", default: "Imported" },
      dataset: { type: "string" },
      reader: { type: "string", default: "unknown reader" },
      items: { type: "string" },
      layout: { type: "string" },
      window: { type: "string" },
      modality: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const folder = positionals[0];
  if (values.help || folder === undefined) return console.error(usage);
  const token = process.env.TESSERA_TOKEN;
  if (!token)
    throw new DomainError("UNAUTHENTICATED", "Set TESSERA_TOKEN to an API token (dashboard, Team, API tokens)");

  const client = new TesseraClient({ url: values.url, token });
  const path = resolve(process.env.INIT_CWD ?? ".", folder);
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  ); // what is not there is told of later
  const directory = isFile ? dirname(path) : path;
  const dataset = await ensureDataset(client, values.project, {
    name: values.dataset ?? basename(path),
    modality: modalityOf(values.modality ?? (values.layout === "dicom" ? "xray" : "other")),
  });
  const bar = new Bar();
  const outcome = await importFolder(client, {
    datasetId: dataset.id,
    directory,
    ...(isFile && { file: basename(path) }),
    reader: values.reader,
    ...(values.layout !== undefined && { layout: layoutOf(values.layout) }),
    ...(values.window !== undefined && { intensityWindow: windowOf(values.window) }),
    ...(values.items ? { items: Number(values.items) } : {}),
    onProgress: (label, done, total) => bar.show(label, done, total),
  });
  bar.end();
  const split = outcome.splitId === null ? "; no split: fewer than three subjects" : "";
  say(`${outcome.added} items added, ${outcome.duplicates} known already, ${outcome.refused} files refused${split}`);
}

function modalityOf(text: string): Modality {
  const found = modalities.find((each) => each === text.toUpperCase());
  if (found !== undefined) return found;
  const known = modalities.map((each) => each.toLowerCase()).join(", ");
  throw new DomainError("BAD_INPUT", `--modality: expected one of ${known}, got "${text}"`, { field: "modality" });
}

function layoutOf(name: string): ImportLayout {
  const layout = importLayouts.find((each) => each === name.toLowerCase().replaceAll("_", "-"));
  if (layout !== undefined) return layout;
  throw new DomainError("BAD_INPUT", `--layout: expected one of ${importLayouts.join(", ")}, got ${name}`);
}

function windowOf(text: string): IntensityWindow {
  const [low, high, ...more] = text.split(",").map(Number);
  if (low !== undefined && high !== undefined && low < high && more.length === 0) return { low, high };
  throw new DomainError("BAD_INPUT", `--window: expected two numbers LOW,HIGH, as -160,240, got ${text}`);
}
