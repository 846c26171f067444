"use client";
import { FormFrame } from "../newExperiment/FormFrame.tsx";
import { LayerCutForm } from "./LayerCutForm.tsx";

export function NewLayerCutStudyPage() {
  return (
    <FormFrame
      title="New layer-cut study"
      lead="How many blocks must be transferred? The first k blocks of one source, for several k, against random weights and the whole encoder."
      what="a study"
      needs="A study needs a dataset with a label version and a split. An import with masks or classes makes both."
    >
      {(data) => <LayerCutForm data={data} />}
    </FormFrame>
  );
}
