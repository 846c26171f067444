/** @file Masks of a classification's items, where the dataset has a label version of segmentation. */

export interface ItemMasks {
  readonly labelVersionId: string;
  readonly labelVersionNumber: number;
  readonly itemIds: ReadonlySet<string>;
  /**
   * [size*size] at the size of the run's model, 1 inside: the regions of the mask's class that is named as the class of the
   * classification is; where none is, all regions. @throws DomainError BAD_FILE
   */
  mask(itemId: string, classIndex: number): Promise<Uint8Array>;
}
