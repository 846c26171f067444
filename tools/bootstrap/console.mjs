/** Something the person can mend; `fix` says how. */
export class Problem extends Error {
  constructor(message, fix) {
    super(message);
    this.fix = fix;
  }
}

export function say(text) {
  // Progress goes to stderr, so that a last JSON line on stdout stays alone.
  console.error(`· ${text}`);
}

/** Says `label` with the seconds so far, every few seconds, until the work ends; says nothing for quick work. */
export async function withProgress(label, work, detail = () => "") {
  const start = Date.now();
  const seconds = () => ((Date.now() - start) / 1000).toFixed(0);
  say(`${label} …`);
  const timer = setInterval(() => say(`${label}: ${seconds()} s ${detail()}`.trimEnd()), 5000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    say(`${label}: ended after ${seconds()} s`);
  }
}
