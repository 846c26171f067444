/** Where the dashboard and scripts get a blob's bytes, relative to the api. */
export const fileUrl = (sha256: string): string => `/files/${sha256}`;
