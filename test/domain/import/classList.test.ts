import {
  numberedClasses,
  parseClassJson,
  parseClassList,
  parseDatasetLabels,
  valueIndices,
} from "@tessera/domain/import/classList";
import { expect, it } from "vitest";

const both = [
  { value: 1, name: "liver" },
  { value: 2, name: "tumour" },
];

it("reads names line by line, from value 1 or from a background", () => {
  expect(parseClassList("liver\ntumour\n")).toEqual(both);
  expect(parseClassList("\uFEFFbackground\r\nliver\r\ntumour")).toEqual(both);
  expect(parseClassList("__ignore__\n_background_\nliver\ntumour")).toEqual(both);
});

it("reads arrays and objects in either direction, and leaves 'ignore' without a class", () => {
  for (const labels of [
    ["liver", "tumour"],
    { "0": "background", "1": "liver", "2": "tumour" },
    { background: 0, tumour: 2, liver: 1, ignore: 3 },
  ]) {
    expect(parseClassJson(JSON.stringify(labels))).toEqual(both);
    expect(parseDatasetLabels(JSON.stringify({ labels }))).toEqual(both);
  }
  expect(parseDatasetLabels("{}")).toBeNull();
  expect(parseClassJson('{"255": "vessel", "7": "bone"}')).toEqual([
    { value: 7, name: "bone" },
    { value: 255, name: "vessel" },
  ]);
});

it("numbers the classes where nothing names them, and maps values to indices", () => {
  expect(numberedClasses(2)).toEqual([
    { value: 1, name: "class 1" },
    { value: 2, name: "class 2" },
  ]);
  expect(valueIndices(parseClassJson('{"255": "vessel", "7": "bone"}'))).toEqual([
    [0, 0],
    [7, 1],
    [255, 2],
  ]);
});

it.each([
  ["no JSON", "{", /not valid JSON/],
  ["a region of nnU-Net", '{"whole": [1, 2]}', /several values/],
  ["one value for two", '{"a": 1, "b": 1}', /value 1 has two names/],
  ["a class for background", '{"organ": 0}', /from 1 to 65535, got 0/],
  ["a text", '"liver"', /expected an array/],
  ["nothing", "[]", /1 to 254 classes, got 0/],
])("refuses %s", (_, text, message) => expect(() => parseClassJson(text)).toThrow(message));
