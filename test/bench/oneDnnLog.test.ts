import { expect, it } from "vitest";
import { operations, parsePrimitive, totals } from "../../bench/profile/oneDnnLog.ts";

const convolution =
  "onednn_verbose,v1,primitive,exec,cpu,convolution,jit:avx512_core,backward_weights,src:f32::blocked:acdb::f0 wei:f32::blocked:ABcd16b16a::f0," +
  "attr-scratchpad:user,alg:convolution_direct,mb4_ic16oc32_ih64oh32kh3sh2dh0ph1_iw64ow16kw5sw2dw0pw1,2.5";
const reorder =
  "onednn_verbose,v1,primitive,exec,cpu,reorder,jit:uni,undef,src:f32::blocked:cdba::f0 dst:f32::blocked:Acdb16a::f0,,,16x16x3x3,0.5";

it("reads what an executed primitive was, and how long it took", () => {
  expect(parsePrimitive(convolution)).toEqual({
    kind: "convolution",
    direction: "backward_weights",
    implementation: "jit:avx512_core",
    sizes: "mb4_ic16oc32_ih64oh32kh3sh2dh0ph1_iw64ow16kw5sw2dw0pw1",
    milliseconds: 2.5,
  });
  expect(parsePrimitive("onednn_verbose,v1,info,cpu,runtime:threadpool,nthr:2")).toBeNull();
  expect(parsePrimitive("step,0,12.5")).toBeNull();
});

it("counts a multiplication and an addition for each weight and each output", () => {
  expect(operations(parsePrimitive(convolution)!)).toBe(2 * 4 * 16 * 32 * (32 * 16) * (3 * 5));
  expect(operations(parsePrimitive(reorder)!)).toBeNull();
});

it("adds up equal primitives for one step, the longest first", () => {
  const log = [reorder, convolution, reorder, convolution, reorder, reorder].map((line) => parsePrimitive(line)!);
  const [first, second] = totals(log, 2);
  expect(first).toMatchObject({ what: { kind: "convolution" }, calls: 1, milliseconds: 2.5 });
  expect(first!.gigaflops).toBeCloseTo((2 * 4 * 16 * 32 * 32 * 16 * 15) / 2.5e-3 / 1e9, 6);
  expect(second).toMatchObject({ what: { kind: "reorder" }, calls: 2, milliseconds: 1, gigaflops: null });
});
