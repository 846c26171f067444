"use client";
import { FormFrame } from "../newExperiment/FormFrame.tsx";
import { StudyForm } from "./StudyForm.tsx";

export function NewUNetStudyPage() {
  return (
    <FormFrame
      title="New U-Net study"
      lead="Tick depths, skip connections and losses: every combination is an arm. The answer is what each of them buys."
      what="a study"
      task="SEGMENTATION"
      needs="A study needs a dataset with a label version of masks and a split. An import with masks makes both."
    >
      {(data) => <StudyForm data={data} />}
    </FormFrame>
  );
}
