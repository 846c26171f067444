import { findClassFolders } from "@tessera/domain/import/classFoldersLayout";
import { orderedClasses, parseClassNames } from "@tessera/domain/import/classNames";
import { parseClassTable } from "@tessera/domain/import/classTable";
import { fileOfItem, findClassTable } from "@tessera/domain/import/classTableLayout";
import { parseCsv } from "@tessera/domain/import/csv";
import { publishedFolds } from "@tessera/domain/import/folds";
import { guessLayout } from "@tessera/domain/import/layouts";
import { findNpz, readFolds } from "@tessera/domain/import/npzLayout";
import { describe, expect, it } from "vitest";

describe("a guess from the paths", () => {
  it.each([
    ["class-folders", ["chest/train/NORMAL/a.jpeg", "chest/train/PNEUMONIA/b.jpeg", "chest/test/NORMAL/c.jpeg"]],
    ["class-folders", ["cats/a.png", "dogs/a.png", "classes.json"]],
    ["class-csv", ["films/images/a.png", "films/labels.csv"]],
    ["npz", ["pneumoniamnist.npz", "README.md"]],
    ["dicom", ["films/a.dcm", "films/labels.csv"]],
    ["slides", ["s/a.svs", "s/labels.csv"]],
    ["slides", ["s/a.tif", "s/thumbnails/a.png"]],
    [null, ["cats/a.png", "cats/b.png"]],
    [null, ["cats/a.png", "subjects.csv"]],
  ])("%s", (layout, paths) => expect(guessLayout(paths)).toBe(layout));
});

describe("a folder per class", () => {
  const codes = (paths: string[]) => findClassFolders(paths).problems.map(({ path, code }) => [path, code]);

  it("gives the class, and above it the fold, training first", () => {
    const paths = ["x/test/A/1.png", "x/train/B/2.jpg", "x/train/A/1.png", "x/val/B/3.png", "x/subjects.csv", "x/.DS"];
    const { images, subjectsPath, problems } = findClassFolders(paths);
    expect(images).toEqual([
      { name: "train/A/1", path: "x/train/A/1.png", className: "A", fold: "train" },
      { name: "train/B/2", path: "x/train/B/2.jpg", className: "B", fold: "train" },
      { name: "val/B/3", path: "x/val/B/3.png", className: "B", fold: "validation" },
      { name: "test/A/1", path: "x/test/A/1.png", className: "A", fold: "test" },
    ]);
    expect([subjectsPath, problems]).toEqual(["x/subjects.csv", []]);
  });

  it("may have a class called as a fold is, and none of folds at all", () => {
    const { images } = findClassFolders(["test/1.png", "train/1.png"]);
    expect(images.map(({ className, fold }) => [className, fold])).toEqual([["test", null], ["train", null]]); // biome-ignore format: pairs
  });

  it("tells of what lies elsewhere, deeper, in no class, or has a name twice", () => {
    expect(codes(["train/A/1.png", "test/B/1.png", "train/loose.png", "A/2.png", "train/A/deep/3.png"])).toEqual([
      ["A/2.png", "OTHER_ROOT"],
      ["train/A/deep/3.png", "OTHER_ROOT"],
      ["train/loose.png", "NO_CLASS"],
    ]);
    expect(codes(["A/1.png", "B/1.png", "A/1.jpg", "loose.png", "A/notes.doc"])).toEqual([
      ["A/notes.doc", "UNUSED_FILE"],
      ["A/1.png", "DOUBLE_NAME"],
      ["loose.png", "NO_CLASS"],
    ]);
  });
});

describe("the order of classes", () => {
  it.each([
    ["normal\npneumonia\n", ["normal", "pneumonia"]],
    ['["b", "a"]', ["b", "a"]],
    ['{"1": "pneumonia", "0": "normal"}', ["normal", "pneumonia"]],
  ])("%j", (text, names) => expect(parseClassNames(text)).toEqual(names));

  it.each(["", '{"1": "a"}', '{"0": 3}', "[", "a\na"])("refuses %j", (text) => {
    expect(() => parseClassNames(text)).toThrow();
  });

  it("is that of the list, else by name", () => {
    expect(orderedClasses(["b", "a", "b"], null)).toEqual(["a", "b"]);
    expect(orderedClasses(["b", "a"], ["b", "c", "a"])).toEqual(["b", "c", "a"]);
    expect(() => orderedClasses(["b", "a"], ["b"])).toThrow(/lacks a/);
  });
});

describe("CSV", () => {
  it("has quotes, commas and line breaks within them, and empty fields", () => {
    const text = '\uFEFFa, b ,c\r\n"x, ""y""",,"two\nlines"\n\n1,2,3';
    expect(parseCsv(text)).toEqual([
      { line: 1, fields: ["a", "b", "c"] },
      { line: 2, fields: ['x, "y"', "", "two\nlines"] },
      { line: 5, fields: ["1", "2", "3"] },
    ]);
  });

  it("ends with an empty field or a line break alike", () => {
    expect(parseCsv("a,b\n1,")).toEqual([{ line: 1, fields: ["a", "b"] }, { line: 2, fields: ["1", ""] }]); // biome-ignore format: pairs
    expect(parseCsv("a\n")).toEqual([{ line: 1, fields: ["a"] }]);
    expect(parseCsv("")).toEqual([]);
  });

  it.each(['a\n"open', 'a\n"b"c', 'a\nb"c'])("refuses %j", (text) => expect(() => parseCsv(text)).toThrow(/line 2/));
});

describe("a table of classes", () => {
  it("of one class per item", () => {
    const table = parseClassTable(
      "Image,Patient ID,Fold,Class\na.png,p1,train,sick\nb.png,,,healthy\nc.png,,test,",
      null,
    );
    expect(table).toMatchObject({ classes: ["healthy", "sick"], exclusive: true });
    expect(table.rows.map(({ item, subject, fold, values }) => [item, subject, fold, values])).toEqual([
      ["a.png", "p1", "train", [0, 1]],
      ["b.png", null, null, [1, 0]],
      ["c.png", null, "test", null],
    ]);
  });

  it("of a column per class: 1, 0 and not known", () => {
    const table = parseClassTable("item,site,mass,effusion\na,north,1,0\nb,,,1.0\nc,,,", null);
    expect(table).toMatchObject({ classes: ["mass", "effusion"], exclusive: false });
    expect(table.rows.map(({ site, values }) => [site, values])).toEqual([["north", [1, 0]], [null, [null, 1]], [null, null]]); // biome-ignore format: pairs
    expect(parseClassTable("item,mass\na,1\nb,0", null)).toMatchObject({ classes: ["mass"], exclusive: false });
  });

  it.each([
    ["", /empty/],
    ["picture,class\na,b", /expected a column "item"/],
    ["item,class\na,b", /has 1 class/],
    ["item\na", /no column of a class/],
    ["item,class,age\na,b,3", /keep one column class/],
    ["item,mass,mass\na,1,1", /two columns/],
    ["item,file,mass\na,a,1", /both name the item/],
    ["item,mass\na,2", /line 2, column "mass": expected 1, 0/],
    ["item,mass\na,1,0", /line 2 has 3 fields/],
    ["item,mass\na,1\na,0", /line 3: a is listed twice/],
    ["item,mass\n,1", /line 2 names no item/],
    ["item,fold,mass\na,late,1", /expected a fold/],
  ])("refuses %j", (text, says) => expect(() => parseClassTable(text, null)).toThrow(says));

  it("finds its files, with or without their endings", () => {
    const { tablePath, files, problems } = findClassTable(
      ["x/labels.csv", "x/a.csv", "x/i/a.png", "x/i/b.jpeg"],
      "images",
    );
    expect([tablePath, problems.map(({ path }) => path)]).toEqual(["x/labels.csv", ["x/a.csv"]]);
    expect(["a", "a.png", "i/b", "b.jpeg", "c"].map((item) => fileOfItem(files, item, "images"))).toEqual([
      "x/i/a.png",
      "x/i/a.png",
      "x/i/b.jpeg",
      "x/i/b.jpeg",
      null,
    ]);
  });
});

describe("published folds", () => {
  const items = (...folds: ("train" | "validation" | "test" | null)[]) =>
    folds.map((fold, i) => ({ name: `${i}`, fold }));

  it("are training with test, validation too where there is one; held-out validation alone is the test", () => {
    expect(publishedFolds(items("train", "test", null))).toEqual({ train: ["0"], test: ["1"] });
    expect(publishedFolds(items("test", "validation", "train"))).toEqual({
      train: ["2"],
      test: ["0"],
      validation: ["1"],
    });
    expect(publishedFolds(items("train", "validation"))).toEqual({ train: ["0"], test: ["1"] });
    expect(publishedFolds(items("train", null))).toBeNull();
  });
});

describe("arrays of folds", () => {
  const array = (name: string, shape: number[], values: number[] = []) => ({ name, shape, values });
  const images = (fold: string, rows: number) => array(`${fold}_images`, [rows, 2, 2]);

  it("of one class per item: as many classes as the highest number says", () => {
    const arrays = [
      images("test", 1),
      array("test_labels", [1, 1], [2]),
      images("train", 2),
      array("train_labels", [2], [0, 1]),
    ];
    const { classes, exclusive, folds } = readFolds(arrays, null);
    expect([classes, exclusive]).toEqual([["class 0", "class 1", "class 2"], true]);
    expect(folds.map(({ fold, labels }) => [fold, labels])).toEqual([["train", [[1, 0, 0], [0, 1, 0]]], ["test", [[0, 0, 1]]]]); // biome-ignore format: pairs
  });

  it("of any number of classes per item", () => {
    const { classes, exclusive, folds } = readFolds(
      [images("train", 2), array("train_labels", [2, 2], [1, 1, 0, 0])],
      ["a", "b"],
    );
    expect([classes, exclusive, folds[0]!.labels]).toEqual([["a", "b"], false, [[1, 1], [0, 0]]]); // biome-ignore format: pairs
  });

  it.each<[string, Parameters<typeof readFolds>[0], string[] | null, RegExp]>([
    ["no array of a fold", [array("x", [2])], null, /got x/],
    ["no labels", [images("train", 2)], null, /train_images has no labels/],
    ["fewer labels", [images("train", 2), array("train_labels", [1], [0])], null, /2 rows/],
    ["labels of pixels", [images("train", 2), array("train_labels", [2, 2, 2])], null, /shape 2x2x2/],
    ["a negative class", [images("train", 1), array("train_labels", [1], [-1])], null, /value -1/],
    ["a 2 among zeros and ones", [images("train", 1), array("train_labels", [1, 2], [2, 0])], null, /value 2 in row 0/],
    ["too few names", [images("train", 1), array("train_labels", [1], [2])], ["a", "b"], /3 classes/],
  ])("refuse %s", (_, arrays, listed, says) => expect(() => readFolds(arrays, listed)).toThrow(says));

  it("lie in one file", () => {
    expect(findNpz(["a/x.npz", "a/y.npz", "a/classes.txt"])).toMatchObject({
      arraysPath: "a/x.npz",
      classesPath: "a/classes.txt",
      problems: [{ path: "a/y.npz", code: "UNUSED_FILE" }],
    });
  });
});

describe("a table of slides", () => {
  const table = (text: string) => parseClassTable(text, null);

  it("gives the scale of those that carry none, and says which name nobody", () => {
    const { rows } = table("slide,mpp,deidentified,class\na,0.25,yes,x\nb,,no,y\nc,,,y\n");
    expect(rows.map(({ item, micronsPerPixel, deidentified }) => [item, micronsPerPixel, deidentified])).toEqual([
      ["a", 0.25, true],
      ["b", undefined, undefined],
      ["c", undefined, undefined],
    ]);
  });

  it.each([
    ["slide,mpp,class\na,72,x\nb,,y\n", 'line 2: expected microns per pixel from 0.05 to 20, or nothing, got "72"'],
    ["slide,mpp,class\na,,x\nb,fine,y\n", "line 3: expected microns per pixel"],
    ["slide,deidentified,class\na,perhaps,x\nb,,y\n", 'column "deidentified": expected yes or no, got "perhaps"'],
  ])("is refused with the line: %s", (text, expected) => expect(() => table(text)).toThrow(expected));

  it("finds a slide by its name with or without an ending, whatever its vendor", () => {
    const { files, problems } = findClassTable(["s/a.svs", "s/b.TIF", "s/c.png", "s/d.doc", "labels.csv"], "slides");
    expect(["a", "b", "c.png", "d"].map((item) => fileOfItem(files, item, "slides"))).toEqual([
      "s/a.svs",
      "s/b.TIF",
      "s/c.png",
      null,
    ]);
    expect(problems.map(({ path }) => path)).toEqual(["s/d.doc"]);
  });
});
