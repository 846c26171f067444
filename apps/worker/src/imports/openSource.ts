/** @file The layout that an import names, and what it makes of the files. */
import type { ImportLayout } from "@tessera/domain/import/layouts";
import type { Imaging } from "@tessera/imaging/client";
import type { ImportContext } from "./importContext.ts";
import type { ImportSource } from "./importSource.ts";
import { bagSource } from "./sources/bags.ts";
import { classFoldersSource } from "./sources/classFolders.ts";
import { classTableSource, filmSource, slideSource } from "./sources/classTable.ts";
import { instancesSource, panopticSource } from "./sources/coco.ts";
import { featureSource } from "./sources/featureFiles.ts";
import { indexMaskSource } from "./sources/indexMasks.ts";
import { kvasirSource } from "./sources/kvasir.ts";
import { niftiSource } from "./sources/nifti.ts";
import { npzSource } from "./sources/npz.ts";

const sources: Readonly<Record<ImportLayout, (context: ImportContext, imaging: Imaging) => Promise<ImportSource>>> = {
  "kvasir-seg": kvasirSource,
  "index-masks": indexMaskSource,
  "coco-instances": instancesSource,
  "coco-panoptic": panopticSource,
  nifti: niftiSource,
  "class-folders": classFoldersSource,
  "class-csv": classTableSource,
  npz: npzSource,
  dicom: filmSource,
  "bag-csv": bagSource,
  slides: slideSource,
  "feature-files": featureSource,
};

export const openSource = (context: ImportContext, imaging: Imaging): Promise<ImportSource> =>
  sources[context.claimed.layout](context, imaging);
