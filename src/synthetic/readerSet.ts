/** @file The target's pictures with a line per reader in their table: several opinions on every item, and the truth as one of them. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { opinionsOf, type PlantedClassReader } from "./classReaders.ts";
import { type DomainRow, type DomainSetOptions, writeDomainSet } from "./domainSet.ts";
import { patternNames } from "./pattern.ts";
import { truthName } from "./readerTruth.ts";

/** The second of the patterns is the class that is present. */
export async function writeReaderSet(
  options: Omit<DomainSetOptions, "domain" | "labels">,
  readers: readonly PlantedClassReader[],
): Promise<readonly DomainRow[]> {
  const rows = await writeDomainSet({ ...options, domain: "target" });
  const lines = rows.flatMap(({ name, subject, fold, label }) => {
    const truth = patternNames.indexOf(label) as 0 | 1;
    const said = opinionsOf(readers, truth, [options.seed, "opinion", name]);
    const line = (reader: string, kind: string, value: 0 | 1) =>
      [name, subject, fold, reader, kind, patternNames[value]].join(",");
    // The truth comes first: an import's first version is the first reader's.
    return [
      line(truthName, "person", truth),
      ...readers.map((reader) => line(reader.name, reader.kind, said.get(reader.name)!)),
    ];
  });
  await writeFile(
    join(options.directory, "labels.csv"),
    `item,subject,fold,reader,reader_kind,class\n${lines.join("\n")}\n`,
  );
  return rows;
}
