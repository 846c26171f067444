/** @file What a person picked, as the import sees it: paths inside the folder, and what each is for. */
export interface PickedFile {
  /** Inside the picked folder: "images/a.jpg". */
  readonly path: string;
  readonly file: File;
}

export interface Picked {
  readonly folder: string;
  readonly files: readonly PickedFile[];
  readonly images: number;
  readonly masks: number;
  readonly others: number;
  readonly bytes: number;
}

const hidden = /(^|\/)(\.|Thumbs\.db$|__MACOSX\/)/;

export function pickedFiles(list: readonly File[]): Picked {
  const folder = list[0]?.webkitRelativePath.split("/")[0] ?? "";
  const files = list
    .map((file) => ({ path: (file.webkitRelativePath || file.name).split("/").slice(1).join("/") || file.name, file }))
    .filter(({ path }) => !hidden.test(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const within = (part: string) => files.filter(({ path }) => path.split("/").includes(part)).length;
  const images = within("images");
  const masks = within("masks");
  return {
    folder,
    files,
    images,
    masks,
    others: files.length - images - masks,
    bytes: files.reduce((sum, { file }) => sum + file.size, 0),
  };
}

/** What is wrong with the choice, or null. */
export function pickProblem({ images, masks, files }: Picked): string | null {
  if (files.length === 0) return "The folder is empty.";
  if (images > 0 && masks > 0) return null;
  return `Expected a folder with images/ and masks/ inside (the Kvasir-SEG layout); found ${images} files in images/ and ${masks} in masks/. Pick the folder that holds both.`;
}
