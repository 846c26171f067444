/** Sends one GraphQL operation and gives its data. Throws TesseraError. */
export type Query = <Data>(document: string, variables?: Readonly<Record<string, unknown>>) => Promise<Data>;
