/** @file Other methods for an object, for a while. */

/** Gives `target` other methods. @returns what takes them away again */
export function exchange<T extends object>(target: T, methods: Partial<T>): () => void {
  const names = Object.keys(methods) as (keyof T)[];
  const own = names.map((name) => Object.getOwnPropertyDescriptor(target, name));
  Object.assign(target, methods);
  return () => {
    names.forEach((name, i) => {
      const was = own[i];
      if (was === undefined) delete target[name];
      else Object.defineProperty(target, name, was);
    });
  };
}
