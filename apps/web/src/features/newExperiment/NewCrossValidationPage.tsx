"use client";
import { ExperimentForm } from "./ExperimentForm.tsx";
import { FormFrame } from "./FormFrame.tsx";

export function NewCrossValidationPage() {
  return (
    <FormFrame
      title="New cross-validation"
      lead="Every item is tested once in each repeat, by a model that has not learnt from it: for small datasets, and to find label errors."
      what="a cross-validation"
      needs="A cross-validation needs a dataset with a label version. An import with masks or classes makes one."
    >
      {(data) => <ExperimentForm data={data} crossValidated />}
    </FormFrame>
  );
}
