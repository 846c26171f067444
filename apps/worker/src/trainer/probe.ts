/** @file The child of probeEngine.ts: loads TensorFlow and says what it found. */
import { describeEngine } from "@tessera/training/describeEngine";

describeEngine()
  .catch((error: Error) => ({ error: error.message }))
  .then((answer) => process.send!(answer, undefined, undefined, () => process.exit(0)));
