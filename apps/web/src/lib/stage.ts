/** How far one stage of a study is. */
export interface Stage {
  readonly name: string;
  readonly done: number;
  readonly of: number;
  readonly failed: number;
}
