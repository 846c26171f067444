"use client";
import { FormFrame } from "../newExperiment/FormFrame.tsx";
import { TransferForm } from "./TransferForm.tsx";

export function NewTransferStudyPage() {
  return (
    <FormFrame
      title="New transfer study"
      lead="Does pretraining help here? Random weights against others, at several shares of the training items and one budget."
      what="a study"
      needs="A study needs a dataset with a label version and a split. An import with masks or classes makes both."
    >
      {(data) => <TransferForm data={data} />}
    </FormFrame>
  );
}
