/** @file What a layout makes of the files of an import: classes, and units that become items one after another. */
import type { ClassValues } from "@tessera/domain/classValues";
import type { SourceBox } from "@tessera/domain/import/kvasirFiles";
import type { ReaderKind } from "@tessera/domain/labels/request";
import type { Imaging } from "@tessera/imaging/client";
import type { BagSource } from "@tessera/store/importedBags";
import type { ImportProblem } from "@tessera/store/imports";
import type { ItemKind } from "@tessera/store/items";
import type { SchemaKind } from "@tessera/store/labelSchemas";
import type { SlideRow } from "@tessera/store/slides";
import type { TileLabelRow } from "@tessera/store/tileLabels";

export interface StoredBlob {
  readonly sha256: string;
  readonly size: number;
}

export interface MaskLabel {
  readonly mask: StoredBlob;
  /** Per class. */
  readonly regionPixels: readonly number[];
  readonly components: readonly number[];
  readonly boxes: readonly SourceBox[] | null;
}

export interface ClassLabel {
  readonly classValues: ClassValues;
}

/** What one of several readers says of an item. */
export interface ReaderOpinion {
  readonly reader: string;
  readonly readerKind: ReaderKind;
  readonly label: ClassLabel;
}

export interface ImportedBag {
  readonly source: Omit<BagSource, "itemId">;
  /** The slide that its tiles are of, and the manifest of where they are. */
  readonly places: { readonly slideItemId: string; readonly manifest: StoredBlob } | null;
}

/** An item with its label, decoded and stored as blobs; not yet in the database. */
export interface PreparedItem {
  /** Absent: an image. Of a bag, width is features and height is tiles. */
  readonly kind?: ItemKind;
  readonly name: string;
  /** Of the file to blame where the name is taken. */
  readonly path: string;
  readonly sha256: string;
  /** A picture, or an array of tiles, that the import made; null: the image is the uploaded file. */
  readonly image: StoredBlob | null;
  readonly width: number;
  readonly height: number;
  readonly thumbnail: StoredBlob;
  /** null: the source has none, as of films without a table. */
  readonly label: MaskLabel | ClassLabel | null;
  /** Of a table that names readers: then `label` is null. */
  readonly opinions?: readonly ReaderOpinion[];
  /** null: the source names none. */
  readonly subject: string | null;
  readonly site?: string | null;
  /** mm per pixel. */
  readonly spacing: { readonly x: number; readonly y: number } | null;
  /** Of a bag, its tiles' own labels where the source has them. */
  readonly tileLabels?: (StoredBlob & Pick<TileLabelRow, "tiles" | "positives">) | null;
  /** Of a slide, what its file says. */
  readonly slide?: Omit<SlideRow, "itemId">;
  /** Of a bag that came in a file of its own. */
  readonly imported?: ImportedBag;
  /** To be told of, though the item is taken in. */
  readonly warning?: ImportProblem | null;
}

export interface ImportUnit {
  /** How many items it becomes. */
  readonly items: number;
  /** @throws FileProblem naming the file to mend: then the unit becomes no item */
  prepare(imaging: Imaging): Promise<readonly PreparedItem[]>;
}

export interface PublishedLists {
  /** Of the training list, for a problem that is told. */
  readonly path: string;
  readonly train: readonly string[];
  readonly test: readonly string[];
  readonly validation?: readonly string[];
}

export interface ImportSource {
  /** Of the labels; null where the source has none. */
  readonly schema: SchemaKind | null;
  /** Where the source names them, in its order; the import's own reader then says nothing. */
  readonly readers?: readonly string[] | null;
  /** What the labels mean, in words: "foreground is …". */
  readonly meaning: string;
  readonly units: readonly ImportUnit[];
  /** Units to prepare at once. */
  readonly parallel: number;
  readonly problems: readonly ImportProblem[];
  readonly lists: PublishedLists | null;
  /** What the units are, and what is amiss where there is none: both for an import that takes in nothing. */
  readonly unitName: string;
  readonly missing: string;
  /** Ends what the source started. */
  close?(): Promise<void>;
}

export const masksOf = (classes: readonly string[]): SchemaKind => ({ task: "segmentation", classes, exclusive: null });

export const classesOf = (classes: readonly string[], exclusive: boolean): SchemaKind => ({
  task: "classification",
  classes,
  exclusive,
});

/** Decoder children of an import. */
export const decoders = 2;
