/** @file The domain's words as GraphQL enums: upper case outside, the stored strings inside. */
import { type labelJobKinds, readerKinds } from "@tessera/domain/labels/request";
import { slideJobKinds } from "@tessera/domain/slides/request";
import { folds, importStates, modalities, roles, runStates } from "@tessera/domain/words";
import { registerEnumType } from "type-graphql";

type EnumOf<Word extends string> = { readonly [Name in Uppercase<Word>]: Extract<Word, Lowercase<Name>> };

const enumOf = <Word extends string>(words: readonly Word[]) =>
  Object.fromEntries(words.map((word) => [word.toUpperCase(), word])) as EnumOf<Word>;

export const RoleEnum = enumOf(roles);
export const FoldEnum = enumOf(folds);
export const RunStateEnum = enumOf(runStates);
export const ImportStateEnum = enumOf(importStates);
export const ModalityEnum = enumOf(modalities);
export const RunSourceEnum = enumOf(["tessera", "foreign"]);
export const CheckpointKindEnum = enumOf(["latest", "best"]);
export const LogLevelEnum = enumOf(["info", "warning", "error"]);
export const RunTaskEnum = enumOf(["segmentation", "classification", "mil"]);
export const TaskEnum = enumOf(["segmentation", "classification"]);
export const ClassStateEnum = enumOf(["present", "absent", "unknown"]);
export const ImportLayoutEnum = {
  KVASIR_SEG: "kvasir-seg",
  INDEX_MASKS: "index-masks",
  COCO_INSTANCES: "coco-instances",
  COCO_PANOPTIC: "coco-panoptic",
  NIFTI: "nifti",
  CLASS_FOLDERS: "class-folders",
  CLASS_CSV: "class-csv",
  NPZ: "npz",
  DICOM: "dicom",
  BAG_CSV: "bag-csv",
  SLIDES: "slides",
  FEATURE_FILES: "feature-files",
} as const;
export const ItemKindEnum = { IMAGE: "image", BAG: "bag", SLIDE: "slide" } as const;
export const SlideJobKindEnum = enumOf(slideJobKinds);
export const ReaderKindEnum = enumOf(readerKinds);
export const LabelChangeEnum = enumOf(["added", "removed", "changed"]);
export const LabelJobKindEnum = {
  MAKE_VERSION: "makeVersion",
  COMPARE_VERSIONS: "compareVersions",
  COMPARE_READERS: "compareReaders",
} as const satisfies Record<string, (typeof labelJobKinds)[number]>;
export const SplitRuleEnum = { BY_SUBJECT: "by-subject" } as const;
export const ScoreOrderEnum = { WORST_FIRST: "worst-first", BEST_FIRST: "best-first" } as const;

registerEnumType(RoleEnum, { name: "Role", description: "VIEWER < ANNOTATOR < RESEARCHER < ADMIN" });
registerEnumType(FoldEnum, { name: "Fold" });
registerEnumType(RunStateEnum, { name: "RunState" });
registerEnumType(ImportStateEnum, { name: "ImportState" });
registerEnumType(ModalityEnum, { name: "Modality" });
registerEnumType(RunSourceEnum, { name: "RunSource", description: "FOREIGN: logged by a script, not trained here" });
registerEnumType(CheckpointKindEnum, { name: "CheckpointKind" });
registerEnumType(LogLevelEnum, { name: "LogLevel" });
registerEnumType(ImportLayoutEnum, {
  name: "ImportLayout",
  description: "How a folder is laid out, and what its labels mean",
  valuesConfig: {
    KVASIR_SEG: { description: "images/ beside masks/ of one class: luminance above 127 is foreground" },
    INDEX_MASKS: {
      description: "images/ beside masks/ of PNG files whose pixel values are classes; classes.json or .txt names them",
    },
    COCO_INSTANCES: { description: "One COCO JSON file with polygons or run lengths, and its images" },
    COCO_PANOPTIC: { description: "One COCO panoptic JSON file, its PNG files of segment ids, and its images" },
    NIFTI: {
      description:
        "imagesTr/ beside labelsTr/ (or images/, labels/) of NIfTI volumes; each axial slice becomes an item",
    },
    CLASS_FOLDERS: {
      description: "A folder of images per class; or train, val and test with a folder per class in each",
    },
    CLASS_CSV: {
      description:
        "Images and one CSV table: item, where known subject, site and fold, then a column class or a column of 0 and 1 per class",
    },
    NPZ: { description: "train_images, train_labels, val_…, test_… in one .npz file, as MedMNIST has them" },
    DICOM: {
      description:
        "Films (.dcm) and, where there are labels, a CSV table as of CLASS_CSV. Pictures without tags are kept, and a hash of the patient's id; the files are removed when the import ends",
    },
    BAG_CSV: {
      description:
        "Bags of feature vectors in one CSV table, a line per tile: bag, label, where known subject, site and fold, then features",
    },
    SLIDES: {
      description:
        "Whole slides and, where there are labels, a CSV table as of CLASS_CSV, with mpp (microns per pixel) where a file does not say. A copy without label, macro and properties is kept; the files are removed when the import ends, but those that the table calls deidentified",
    },
    FEATURE_FILES: {
      description:
        "A file of features per slide, features [tiles, features] and coords [tiles, 2] in HDF5 as CLAM and TRIDENT write it, or safetensors; where there are labels, a CSV table as of CLASS_CSV, with slide where a slide has another name. Bags are kept, and the places of their tiles where the team has the slide; the files are removed when the import ends",
    },
  },
});
registerEnumType(SlideJobKindEnum, { name: "SlideJobKind" });
registerEnumType(ItemKindEnum, {
  name: "ItemKind",
  description: "BAG: the feature vectors of a slide's tiles; SLIDE: a whole slide",
});
registerEnumType(TaskEnum, { name: "Task", description: "Of a label schema, and of what is scored by it" });
registerEnumType(RunTaskEnum, {
  name: "RunTask",
  description: "MIL: multiple-instance learning on bags, with labels of classification",
});
registerEnumType(ReaderKindEnum, { name: "ReaderKind", description: "Who says it" });
registerEnumType(LabelChangeEnum, { name: "LabelChange" });
registerEnumType(LabelJobKindEnum, { name: "LabelJobKind" });
registerEnumType(ClassStateEnum, { name: "ClassState", description: "UNKNOWN: the label does not say" });
registerEnumType(SplitRuleEnum, { name: "SplitRule" });
registerEnumType(ScoreOrderEnum, { name: "ScoreOrder", description: "Items whose score is undefined come last" });
