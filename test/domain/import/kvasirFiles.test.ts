import { parseBoxes, parseNameList, parseSubjects } from "@tessera/domain/import/kvasirFiles";
import { expect, it } from "vitest";

it("reads a name list with endings, blank lines and a byte order mark", () => {
  expect(parseNameList("\uFEFFa.jpg\r\n\r\nb\n")).toEqual(["a", "b"]);
  expect(() => parseNameList("a\na.jpg")).toThrow("names a twice");
});

it("reads subjects.csv and names the bad line", () => {
  expect(parseSubjects("name,subject\na,p1\nb.jpg, p2\n")).toEqual(
    new Map([
      ["a", "p1"],
      ["b", "p2"],
    ]),
  );
  expect(() => parseSubjects("a,p1")).toThrow('first line "name,subject", got "a,p1"');
  expect(() => parseSubjects("name,subject\na,p1\nb")).toThrow("line 3");
  expect(() => parseSubjects("name,subject\na,p1\na,p2")).toThrow("a is listed twice");
});

it("reads boxes, keeps only their fields, and is not moved by __proto__", () => {
  const box = { label: "polyp", xmin: 1, ymin: 2, xmax: 3, ymax: 4 };
  const text = JSON.stringify({ a: { width: 9, height: 9, bbox: [{ ...box, more: 1 }] } });
  expect(parseBoxes(text)).toEqual(new Map([["a", [box]]]));
  expect(parseBoxes('{"__proto__": {"bbox": []}}').get("__proto__")).toEqual([]);
  expect(() => parseBoxes('{"a": {"bbox": [{"label": "x"}]}}')).toThrow("boxes of a");
  expect(() => parseBoxes("{")).toThrow("not valid JSON");
});
