"use client";
import { useState } from "react";
import type { NewExperimentFormQuery, Task } from "@/gql/graphql";
import { parseSeeds } from "./draft.ts";

export type Head = ReturnType<typeof useHead>;

/** The datasets that have labels (of one task, where it is given), each with those label versions alone. */
export const labelled = (data: NewExperimentFormQuery, task?: Task) =>
  data.datasets.edges
    .map(({ node }) => ({
      ...node,
      labelVersions: node.labelVersions.filter(({ schema }) => task === undefined || schema.task === task),
    }))
    .filter((node) => node.labelVersions.length > 0);

/**
 * What every new experiment states, whatever its arms are: question, data, seeds and margin.
 * @param task of the label versions to choose from; any where it is not given
 */
export function useHead(data: NewExperimentFormQuery, task?: Task) {
  const datasets = labelled(data, task);
  const [name, setName] = useState("");
  const [question, setQuestion] = useState("");
  const [datasetId, setDatasetId] = useState(datasets[0]!.id);
  const dataset = datasets.find((each) => each.id === datasetId)!;
  const [project, setProject] = useState(dataset.project.name);
  const versions = [...dataset.labelVersions].sort((a, b) => b.number - a.number);
  const [versionId, setVersionId] = useState("");
  const [splitId, setSplitId] = useState("");
  const version = versions.find((each) => each.id === versionId) ?? versions[0]!;
  const split = dataset.splits.find((each) => each.id === splitId) ?? dataset.splits[0];
  const [seedText, setSeedText] = useState("1-5");
  const [margin, setMargin] = useState<number | null>(0.02);
  const seeds = parseSeeds(seedText);
  const missingQuestion = [name.trim() === "" && "a name", question.trim() === "" && "the question"].filter(
    (each) => each !== false,
  );
  const missing = [...missingQuestion, !split && "a split", !seeds && "seeds"].filter((each) => each !== false);
  const shared = {
    projectName: project.trim(),
    name: name.trim(),
    question: question.trim(),
    labelVersionId: version.id,
    equivalenceMargin: margin,
  };
  const input = split && seeds && { ...shared, splitId: split.id, seeds };
  return {
    ...{ name, setName, question, setQuestion, project, setProject, projects: data.projects.map((each) => each.name) },
    ...{ datasets, dataset, setDatasetId, versions, version, setVersionId, split, setSplitId },
    ...{ seedText, setSeedText, seeds, margin, setMargin },
    missing,
    /** Of a name and a question alone. */
    missingQuestion,
    /** What is stated whether there is a split or not. */
    shared,
    /** Null or undefined while the split or the seeds are missing. */
    input,
  };
}
