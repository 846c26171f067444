/** @file A DICOM film as a picture without its tags. */
import { createHmac } from "node:crypto";
import { encodeGrey } from "../encode.ts";
import { image } from "../image.ts";
import type { Picture } from "../pictures.ts";
import { openFilm } from "./header.ts";
import { storedValues } from "./pixels.ts";
import { shadesOf } from "./shades.ts";

/** All that is left of the file. */
export interface Film extends Picture {
  /** mm per pixel; null: not known. */
  readonly spacing: { readonly x: number; readonly y: number } | null;
  /** Of the patient's id, by the key; null: the file names none. */
  readonly subject: string | null;
  /** The file says that text is burnt into the picture: it may name the patient. */
  readonly burntIn: boolean;
}

/**
 * @param subjectKey keys the hash of the patient's id: ids are short, and a hash without a key could be tried out
 * @throws DomainError BAD_FILE
 */
export async function film(bytes: Uint8Array, subjectKey: string): Promise<Film> {
  const opened = openFilm(bytes);
  const { header } = opened;
  const { width, height, patientId, spacing, burntIn } = header;
  const png = await encodeGrey(shadesOf(await storedValues(opened), header), width, height);
  const subject =
    patientId === null
      ? null
      : `patient ${createHmac("sha256", subjectKey).update(patientId).digest("hex").slice(0, 16)}`;
  return { ...(await image(png)), png, spacing, subject, burntIn };
}
