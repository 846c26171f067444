/** Labelling classes by keys, the view of an image, and its window. */
import { describe, expect, it } from "vitest";
import { isComplete, nothing, toggled, unknown } from "@/features/annotate/classes/choice";
import { classOfKey, keyOf } from "@/features/annotate/classes/keys";
import { itemsPerHour } from "@/features/annotate/classes/rate";
import { fitted, moved, onImage, showing, zoomed } from "@/features/annotate/view/view";
import { applyWindow, greyOf, shownValues, wholeWindow } from "@/features/annotate/view/window";
import { agreedVersion } from "@/features/review/model";

describe("keys", () => {
  it("each choose another class, digits first, and none that does something else", () => {
    const keys = Array.from({ length: 30 }, (_, index) => keyOf(index)!);
    expect(keys.slice(0, 11)).toEqual([..."1234567890q"]);
    expect(new Set(keys).size).toBe(30);
    expect(keys.filter((key) => "uswfnh".includes(key))).toEqual([]);
    expect(keyOf(30)).toBeNull();
    for (const [index, key] of keys.entries()) expect(classOfKey({ key, code: "" }, 30)).toBe(index);
  });

  it("work with Shift, on the number pad, and only for classes that there are", () => {
    expect(classOfKey({ key: "!", code: "Digit1" }, 2)).toBe(0);
    expect(classOfKey({ key: "2", code: "Numpad2" }, 2)).toBe(1);
    expect(classOfKey({ key: "3", code: "Digit3" }, 2)).toBeNull();
    expect(classOfKey({ key: "u", code: "KeyU" }, 30)).toBeNull();
  });
});

it("a choice is complete when the api would take it", () => {
  const none = nothing(3);
  expect(isComplete(none, true)).toBe(false);
  expect(isComplete(none, false)).toBe(true);
  expect(toggled(toggled(none, 0, true), 2, true)).toEqual([0, 0, 1]);
  expect(toggled(toggled(none, 0, false), 2, false)).toEqual([1, 0, 1]);
  expect(toggled([1, 0, 1], 0, false)).toEqual([0, 0, 1]);
  expect(unknown([1, 0, 1], 0)).toEqual([null, 0, 1]);
  expect(toggled([null, 0, 1], 0, false)).toEqual([1, 0, 1]);
  expect(isComplete([null, null], false)).toBe(false);
});

it("a rate leaves pauses out", () => {
  expect(itemsPerHour([0, 1000])).toBeNull();
  expect(itemsPerHour([0, 2000, 4000, 6000])).toBe(1800);
  expect(itemsPerHour([0, 2000, 4000, 4000 + 600_000, 6000 + 600_000])).toBe(1800);
});

describe("a view", () => {
  const [image, frame] = [
    { width: 100, height: 50 },
    { width: 400, height: 400 },
  ];

  it("shows the whole image at first, and zooms about the pointer", () => {
    const view = fitted(image, frame);
    expect(view).toEqual({ scale: 4, x: 0, y: 100 });
    const at = { x: 120, y: 180 };
    const nearer = zoomed(view, 2, at, image, frame);
    expect(nearer.scale).toBe(8);
    expect(onImage(nearer, at)).toEqual(onImage(view, at));
    expect(zoomed(view, 1e9, at, image, frame).scale).toBe(64);
    expect(zoomed(view, 1e-9, at, image, frame).scale).toBe(1);
  });

  it("never loses the image, and follows a point no more than it must", () => {
    const far = moved(fitted(image, frame), 1e6, -1e6, image, frame);
    expect([far.x, far.y]).toEqual([360, -160]);
    const near = { scale: 10, x: 0, y: 0 };
    expect(showing(near, { x: 20, y: 20 }, frame)).toEqual(near);
    expect(showing(near, { x: 50, y: 20 }, frame)).toEqual({ scale: 10, x: -124, y: 0 });
  });
});

describe("a window", () => {
  it("maps its lower end to black and its upper to white, and the whole one changes nothing", () => {
    expect([...shownValues(wholeWindow)]).toEqual(Array.from({ length: 256 }, (_, value) => value));
    const shown = shownValues({ level: 100, width: 50 });
    expect([shown[74], shown[75], shown[100], shown[125], shown[200]]).toEqual([0, 0, 128, 255, 255]);
  });

  it("leaves what is transparent as it is, and grey is the luminance", () => {
    const pixels = Uint8ClampedArray.of(100, 75, 125, 7);
    applyWindow(pixels, { level: 100, width: 50 });
    expect([...pixels]).toEqual([128, 0, 255, 7]);
    expect([...greyOf(Uint8ClampedArray.of(255, 0, 0, 255, 50, 50, 50, 255))]).toEqual([76, 50]);
  });
});

describe("the version that opinions come to", () => {
  const reader = (name: string, adjudicates: boolean) => ({ name, adjudicates, items: 3, schemaId: "s" });
  const version = (number: number, schema = "s") => ({ id: `v${number}`, number, schema: { id: schema } });

  it("is a majority before there is one, and what was decided over the newest of these labels afterwards", () => {
    const readers = [reader("Ada", false), reader("Adjudication", true)];
    expect(agreedVersion("s", { readers, labelVersions: [version(4, "other")] })?.rule).toEqual({ kind: "majority" });
    expect(agreedVersion("s", { readers, labelVersions: [version(2), version(3), version(4, "other")] })).toEqual({
      label: "Make a version: decided, else version 3",
      fromVersionId: "v3",
      rule: { kind: "adjudicated", adjudicator: "Adjudication" },
    });
    expect(agreedVersion("s", { readers: readers.slice(0, 1), labelVersions: [version(2)] })?.fromVersionId).toBeNull();
    expect(agreedVersion("other", { readers, labelVersions: [] })).toBeNull();
  });
});
