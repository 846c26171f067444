/** @file What a person picked, as the import sees it: paths inside the folder, and what each is for. */
export interface PickedFile {
  /** Inside the picked folder: "images/a.jpg". */
  readonly path: string;
  readonly file: File;
}

export interface Picked {
  readonly folder: string;
  readonly files: readonly PickedFile[];
  /** Files by the folder that they lie in, most first. */
  readonly folders: readonly { readonly name: string; readonly files: number }[];
  readonly bytes: number;
}

const hidden = /(^|\/)(\.|Thumbs\.db$|__MACOSX\/)/;

export function pickedFiles(list: readonly File[]): Picked {
  const folder = list[0]?.webkitRelativePath.split("/")[0] ?? "";
  const files = list
    .map((file) => ({ path: (file.webkitRelativePath || file.name).split("/").slice(1).join("/") || file.name, file }))
    .filter(({ path }) => !hidden.test(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const inFolder = Map.groupBy(files, ({ path }) => path.split("/").at(-2) ?? "");
  return {
    folder,
    files,
    folders: [...inFolder].map(([name, within]) => ({ name, files: within.length })).sort((a, b) => b.files - a.files),
    bytes: files.reduce((sum, { file }) => sum + file.size, 0),
  };
}
