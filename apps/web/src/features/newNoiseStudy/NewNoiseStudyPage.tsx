"use client";
import { FormFrame } from "../newExperiment/FormFrame.tsx";
import { NoiseForm } from "./NoiseForm.tsx";

export function NewNoiseStudyPage() {
  return (
    <FormFrame
      title="New noise study"
      lead="How robust are methods to wrong labels? Trained on rising noise, scored on the labels without it and on noisy ones."
      what="a study"
      needs="A study needs a dataset with a label version and a split. An import with masks or classes makes both."
    >
      {(data) => <NoiseForm data={data} />}
    </FormFrame>
  );
}
