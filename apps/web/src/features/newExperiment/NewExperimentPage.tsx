"use client";
import { ExperimentForm } from "./ExperimentForm.tsx";
import { FormFrame } from "./FormFrame.tsx";

export function NewExperimentPage() {
  return (
    <FormFrame
      title="New experiment"
      lead="State the question, choose the data, write the arms. Everything below is frozen when the runs start."
      what="an experiment"
      needs="An experiment needs a dataset with a label version and a split. An import with masks or classes makes both."
    >
      {(data) => <ExperimentForm data={data} />}
    </FormFrame>
  );
}
