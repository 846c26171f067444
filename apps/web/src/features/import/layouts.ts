/** @file The layouts of an import in words, for the person who picks a folder. */
import type { ImportLayout } from "@/gql/graphql";

export const layoutTexts: Readonly<Record<ImportLayout, { readonly label: string; readonly text: string }>> = {
  KVASIR_SEG: {
    label: "Images and masks of one class (Kvasir-SEG)",
    text: "images/ and masks/ with the same names; a mask's bright pixels are the region. Boxes and published split files beside them are used where present.",
  },
  INDEX_MASKS: {
    label: "Images and index masks of several classes",
    text: "images/ and masks/ with the same names; masks are PNG files whose pixel value is the class, 0 is background. classes.json, classes.txt or labels.txt names the classes.",
  },
  COCO_INSTANCES: {
    label: "COCO instances",
    text: "One JSON file with polygons or run lengths, and its images. Where two regions claim a pixel, the smaller one has it.",
  },
  COCO_PANOPTIC: {
    label: "COCO panoptic",
    text: "One panoptic JSON file, its PNG files of segment ids, and its images.",
  },
  NIFTI: {
    label: "NIfTI volumes",
    text: "imagesTr/ and labelsTr/ (or images/ and labels/) with the same names; dataset.json names the classes. Each axial slice becomes an item, and a volume's slices stay in one fold.",
  },
  CLASS_FOLDERS: {
    label: "A folder of images per class",
    text: "CLASS/NAME, or train/, val/ and test/ with a folder per class in each: then those folds become the official split. subjects.csv and a list of the classes (their order) are used where present.",
  },
  CLASS_CSV: {
    label: "Images and a table of classes (CSV)",
    text: "Columns item, and where known subject, site and fold; then one column class, or a column of 1 and 0 per class, empty where it is not known.",
  },
  NPZ: {
    label: "Arrays of images (.npz, MedMNIST)",
    text: "train_images, train_labels, val_… and test_… in one file. Each row becomes an item; of equal rows the first is kept and the others are listed. classes.json or classes.txt names the classes.",
  },
  DICOM: {
    label: "DICOM films",
    text: "One film per .dcm file; a CSV table as above gives labels, and may be left out. Kept are the picture (rescaled, windowed, 8 bits), its pixel spacing and a hash of the patient’s id; the uploaded files are removed when the import ends. File names are kept: they become the items’ names.",
  },
  BAG_CSV: {
    label: "Bags of feature vectors (CSV)",
    text: "One table with a line per tile: columns bag and label, where known subject, site and fold; every other column is a feature. Each bag becomes an item.",
  },
  FEATURE_FILES: {
    label: "Features of slides (H5 of CLAM or TRIDENT, safetensors)",
    text: "A file per slide with features and, where known, coords; CLAM's patches folder beside it says how large a tile is. A CSV table as above (or CLAM's own: slide_id, case_id, label) gives labels and subjects, and may be left out. Tiles find their places on the slide of the same name, or of the column slide, where it was imported before. PyTorch files are refused. The uploaded files are removed when the import ends: the bags hold their numbers.",
  },
  SLIDES: {
    label: "Whole slides",
    text: "SVS, NDPI, SCN, BIF, tiled TIFF and plain TIFF, PNG or JPEG pictures; a CSV table as above gives labels and subjects, and may be left out. Column mpp: microns per pixel, where a file does not say. Kept is a copy of the pixels; label, macro and properties are not, and the uploaded files are removed when the import ends. Where the table says deidentified: yes, the file is kept as it is.",
  },
};

export const layoutNames = Object.keys(layoutTexts) as ImportLayout[];
