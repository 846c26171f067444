/** @file Numbers, times and sizes as text. What is undefined stays "undefined"; it never becomes 0. */
export const undefinedText = "undefined";
type Maybe = number | null | undefined;

export const isNumber = (value: Maybe): value is number => typeof value === "number" && Number.isFinite(value);

/** A score in [0, 1] with three decimals. */
export const score = (value: Maybe): string => (isNumber(value) ? value.toFixed(3) : undefinedText);

/** A difference with its sign, always: +0.012, −0.004 (a true minus). */
export function signed(value: Maybe, digits = 3): string {
  if (!isNumber(value)) return undefinedText;
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return value < 0 ? `−${text}` : `+${text}`;
}

export const count = (value: number): string => value.toLocaleString("en-GB");

/** "1 run", "3 runs". */
export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

export function percent(share: Maybe, digits = 1): string {
  if (!isNumber(share)) return undefinedText;
  return `${(share * 100).toFixed(share < 0.001 && share > 0 ? 2 : digits)} %`;
}

/** Four significant digits, for losses, rates and times. */
export function compact(value: Maybe): string {
  if (!isNumber(value)) return undefinedText;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) return value.toExponential(2).replace("-", "−").replace("e+", "e");
  return Number.isInteger(value) ? count(value) : value.toPrecision(4);
}

export const shortHash = (hash: string): string => hash.slice(0, 8);

export function dateTime(iso: string): string {
  const date = new Date(iso);
  return date.toLocaleString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
}

export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

export function ago(iso: string, now: number): string {
  const passed = now - new Date(iso).getTime();
  const minutes = Math.round(passed / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  return hours < 36 ? `${hours} h ago` : `${Math.round(hours / 24)} d ago`;
}

export function bytes(size: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = size;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`;
}
