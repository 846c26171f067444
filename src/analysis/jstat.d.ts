/** The part of jstat (distribution functions) that this package uses; jstat ships no types. */
declare module "jstat" {
  interface Distributions {
    readonly studentt: {
      cdf(x: number, degreesOfFreedom: number): number;
      inv(probability: number, degreesOfFreedom: number): number;
    };
    readonly chisquare: {
      cdf(x: number, degreesOfFreedom: number): number;
      inv(probability: number, degreesOfFreedom: number): number;
    };
    readonly normal: {
      cdf(x: number, mean: number, sd: number): number;
      inv(probability: number, mean: number, sd: number): number;
    };
    readonly noncentralt: {
      cdf(x: number, degreesOfFreedom: number, noncentrality: number): number;
    };
  }
  const jstat: { readonly jStat: Distributions };
  export default jstat;
}
