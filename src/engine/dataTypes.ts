/** @file TensorFlow's numbers for data types and attribute types (tensorflow/c/tf_datatype.h, tf_attrtype.h). */
export const FLOAT = 1;
export const INT32 = 3;
export const UINT8 = 4;
export const STRING = 7;
export const COMPLEX64 = 8;
export const INT64 = 9;
export const BOOL = 10;
export const RESOURCE = 20;

/** The numbers that tfjs-node's kernels use to say of what type an attribute is. */
export const ATTR = { string: 0, int: 1, float: 2, bool: 3, type: 4, shape: 5, resource: 6 } as const;
