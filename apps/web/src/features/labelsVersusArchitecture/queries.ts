import { graphql } from "@/gql";

export const FactorialQuery = graphql(`
  query LabelsVersusArchitecture($id: UUID!, $fold: Fold!) {
    experiment(id: $id) {
      id name
      labelsVersusArchitecture(fold: $fold) {
        fold items sentence
        metric { name label unit higherIsBetter convention }
        scoredOn { id number rule }
        cells { arm labels architecture mean sd seeds }
        labels { ...FactorialEffectFields }
        architecture { ...FactorialEffectFields }
        interaction { ...FactorialEffectFields }
        seed { sd low high seeds arms }
      }
    }
  }
`);

export const FactorialEffectFields = graphql(`
  fragment FactorialEffectFields on FactorialEffect {
    level reference arms difference { estimate low high level seeds items verdict reason detectable }
  }
`);
