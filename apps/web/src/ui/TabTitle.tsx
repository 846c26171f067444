/** The name in the browser's tab, so that ten open tabs can be told apart. */
export function TabTitle({ children }: { readonly children: string }) {
  return <title>{`${children} · Tessera`}</title>;
}
